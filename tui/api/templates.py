"""Templates: texts kept for being used again."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.models import templates as m
from tui.api.models.base import Page
from tui.api.operation import Effect


@op.get("/sms/templates", title="SMS templates", paged=True)
def sms_list(q: t.Search | None = None, order_by: t.SortOrder | None = None) -> Page[m.SmsTemplate]:
    """All SMS templates, with their texts."""


@op.post("/sms/templates", title="Create SMS template", effect=Effect.WRITE)
def sms_create(template_name: t.TemplateName, body: t.SmsBody) -> m.SmsTemplate:
    """Keep a text under a name."""


@op.get("/sms/templates/{template_id}", title="One SMS template")
def sms_get(template_id: t.TemplateId) -> m.SmsTemplate:
    """The name and text of one template."""


@op.put("/sms/templates/{template_id}", title="Update SMS template", effect=Effect.WRITE)
def sms_update(template_id: t.TemplateId, template_name: t.TemplateName, body: t.SmsBody) -> m.SmsTemplate:
    """Replace the name and text of one template."""


@op.delete(
    "/sms/templates/{template_id}",
    title="Delete SMS template",
    loses="The text of the template is gone.",
)
def sms_delete(template_id: t.TemplateId) -> None:
    """Delete one template. Messages sent from it stay as they are."""
