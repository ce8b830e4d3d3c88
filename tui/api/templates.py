"""Templates: texts and e-mails kept for being used again, and the designs that e-mails begin with."""
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


@op.get("/email/templates", title="E-mail templates", paged=True)
def email_list() -> Page[m.EmailTemplate]:
    """The names of all e-mail templates."""


@op.post("/email/templates", title="Create e-mail template", effect=Effect.WRITE)
def email_create(template_id_master: t.MasterTemplateId, template_name: t.TemplateName) -> m.EmailTemplate:
    """Begin an e-mail template with one of ClickSend's designs."""


@op.get("/email/templates/{template_id}", title="One e-mail template")
def email_get(template_id: t.EmailTemplateId) -> m.EmailTemplate:
    """The name and HTML of one e-mail template."""


@op.put("/email/templates/{template_id}", title="Update e-mail template", effect=Effect.WRITE)
def email_update(
    template_id: t.EmailTemplateId, body: t.TemplateBody, template_name: t.TemplateName | None = None
) -> m.EmailTemplate:
    """Replace the HTML of one e-mail template, and its name where one is given."""


@op.delete(
    "/email/templates/{template_id}",
    title="Delete e-mail template",
    loses="The HTML of the template is gone.",
)
def email_delete(template_id: t.EmailTemplateId) -> None:
    """Delete one e-mail template. E-mails sent from it stay as they are."""


@op.post("/email/templates-images/{template_id}", title="Add image to e-mail template", effect=Effect.WRITE)
def email_image_upload(
    template_id: t.EmailTemplateId,
    image: t.TemplateImage | None = None,
    url: t.TemplateImageUrl | None = None,
) -> str:
    """Keep an image for a template; the answer is the address to put into its HTML."""


@op.get("/email/master-templates", title="Master templates")
def master_list() -> list[m.MasterTemplate]:
    """ClickSend's own designs, which e-mail templates begin with."""


@op.get("/email/master-templates/{template_id}", title="One master template")
def master_get(template_id: t.MasterTemplateId) -> m.MasterTemplate:
    """One of ClickSend's designs with its HTML and pictures."""


@op.get("/email/master-templates-categories", title="Master template categories")
def categories_list() -> list[m.TemplateCategory]:
    """What ClickSend's designs are meant for."""


@op.get("/email/master-templates-categories/{category_id}", title="One master template category")
def categories_get(category_id: t.TemplateCategoryId) -> m.TemplateCategory:
    """The name of one category of designs."""


@op.get(
    "/email/master-templates-categories/{category_id}/master-templates",
    title="Master templates of a category",
)
def category_templates(category_id: t.TemplateCategoryId) -> list[m.MasterTemplate]:
    """ClickSend's designs for one purpose."""
