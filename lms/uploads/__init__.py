"""Files that people hand in: what they are by their bytes, and who may open them.

They lie in the database, not in a folder: a backup and its restore then hold a
submission and its files as of one and the same moment, several servers need no shared
disk, and a file that is sent by half leaves nothing behind. Nothing of them is ever
served but as an attachment, and only to those who may see what it was handed in with.
"""
