"""Pages of superiors: the team, a member, messages, weeks."""
