"""What the arguments of operations mean: label, help, example and limits, each declared once.

A module for each subject; operations use them through this package: `from tui.api import types as t`.
"""

from tui.api.types.account import *
from tui.api.types.automations import *
from tui.api.types.billing import *
from tui.api.types.campaigns import *
from tui.api.types.contacts import *
from tui.api.types.delivery_issues import *
from tui.api.types.email import *
from tui.api.types.email_to_sms import *
from tui.api.types.fax import *
from tui.api.types.files import *
from tui.api.types.flags import *
from tui.api.types.links import *
from tui.api.types.messages import *
from tui.api.types.mms import *
from tui.api.types.numbers import *
from tui.api.types.paging import *
from tui.api.types.people import *
from tui.api.types.post import *
from tui.api.types.reseller import *
from tui.api.types.senders import *
from tui.api.types.subaccounts import *
from tui.api.types.templates import *
from tui.api.types.time import *
from tui.api.types.voice import *
from tui.api.types.words import *
