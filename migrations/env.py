"""Run migrations on the connection that lms.db.schema holds."""

from alembic import context

config = context.config


def render_item(kind, obj, autogen_context):
    """Write our column types as plain SQLAlchemy: old migrations need no app code."""
    if kind == "type" and type(obj).__name__ == "UtcDateTime":
        return "sa.DateTime(timezone=True)"
    return False


context.configure(
    connection=config.attributes["connection"],
    target_metadata=config.attributes["metadata"],
    render_item=render_item,
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=True,  # on SQLite as well: we begin transactions ourselves
)
context.run_migrations()
