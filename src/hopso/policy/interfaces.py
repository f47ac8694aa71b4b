"""The policy as records of the registry, one a key of ``policy.Policy``.

Lead times are written ``2 calendar_days``, ``none`` where nothing is regulated.
"""

from hopso import _
from hopso.policy.policy import KEYS
from hopso.policy.policy import write_value
from zope import schema
from zope.interface import Interface


PREFIX = "hopso.policy"


def _default(name):
    value = write_value(name, KEYS[name].default)
    return tuple(value) if isinstance(value, list) else value


def text(name, title, description=""):
    return schema.TextLine(title=title, description=description, required=False, default=_default(name))


def long_text(name, title, description=""):
    return schema.Text(title=title, description=description, required=False, default=_default(name))


def lead(name, title, description=""):
    return schema.TextLine(
        title=title, description=description, required=False, default=_default(name), max_length=40
    )


def choice(name, title, *values, description=""):
    return schema.Choice(title=title, description=description, values=values, default=_default(name))


def yes_no(name, title, description=""):
    return schema.Bool(title=title, description=description, required=False, default=_default(name))


def number(name, title, description=""):
    return schema.Int(title=title, description=description, min=0, default=_default(name))


def lines(name, title, description=""):
    return schema.Tuple(
        title=title,
        description=description,
        value_type=schema.TextLine(),
        required=False,
        default=_default(name),
        missing_value=(),
    )


def day(name, title):
    return schema.Date(title=title, required=False)


def days(name, title, description=""):
    return schema.Tuple(
        title=title,
        description=description,
        value_type=schema.Date(),
        required=False,
        default=(),
        missing_value=(),
    )


class IPolicySettings(Interface):
    """What an administrator sees of the policy; the meaning of each key stands at Policy."""

    name = text("name", _("Short name"))
    title = text("title", _("Province"))
    legal_basis = long_text("legal_basis", _("Legal basis"), _("Decisions the values rest on."))
    valid_from = day("valid_from", _("In force from"))
    valid_to = day("valid_to", _("In force until"))
    rule_sets = lines(
        "rule_sets", _("Sets of rules in force"), _("Prefixes of rules, one a line. Empty: all known rules.")
    )

    lead_time_normal = lead("lead_time_normal", _("Registration before the meeting"))
    lead_time_level = choice("lead_time_level", _("When a registration is late"), "block", "warn")
    lead_time_urgent = lead("lead_time_urgent", _("Notice of an urgent meeting"))
    allow_below_urgent = yes_no(
        "allow_below_urgent",
        _("Urgent meetings on shorter notice"),
        _("Documents are then handed out on paper if they cannot be published in time."),
    )
    urgent_approver_role = text(
        "urgent_approver_role", _("Role that allows urgent meetings"), _("Empty: no permission is needed.")
    )
    urgent_call_required = yes_no(
        "urgent_call_required", _("Urgent meetings are announced by telephone, on record")
    )
    registrar_role = text("registrar_role", _("Role that receives registrations"))
    registrar_body = text(
        "registrar_body",
        _("Body that receives registrations"),
        _("provincial_office, tech_department … Empty: the host unit itself."),
    )
    approval_steps = lines(
        "approval_steps", _("Roles that approve a meeting"), _("One a line, in order. Empty: none.")
    )
    document_approver_rules = lines(
        "document_approver_rules",
        _("Who approves documents"),
        _("One rule a line: level/type of the host unit, or *, then = and chair, office_leader or named."),
    )
    operator_role = text("operator_role", _("Body that runs the system"))
    operator_unit = text(
        "operator_unit",
        _("Unit that runs the system"),
        _("Its name, or its id as in its address. It receives feedback. Empty: the only office at the top."),
    )
    provider_role = text("provider_role", _("Body that provides lines and power"))
    provider_unit = text(
        "provider_unit", _("Unit that provides lines and power"), _("Its name, or its id as in its address.")
    )
    bodies = lines(
        "bodies",
        _("Which unit is which body"),
        _("One a line: body, =, name or id of the unit. Bodies: provincial_office, tech_department …"),
    )
    classified_policy = choice(
        "classified_policy", _("Meetings with classified content"), "forbid", "no_documents", "with_plan"
    )
    marker_level = choice("marker_level", _("Files that carry a secrecy marker"), "refuse", "warn")
    publish_within = lead("publish_within", _("Publication after complete information"))
    publish_clock = choice(
        "publish_clock", _("The time for publication runs"), "round_the_clock", "office_hours"
    )
    invitation_lead_time = lead("invitation_lead_time", _("Invitations before the meeting"))
    rsvp_deadline = lead("rsvp_deadline", _("Answers to invitations before the meeting"))
    device_notice = lead("device_notice", _("Word about a missing device or account before the meeting"))
    tech_check_due = lead("tech_check_due", _("Technical check before the meeting"))
    recording_default = yes_no("recording_default", _("Meetings are recorded"))
    recording_release_roles = lines(
        "recording_release_roles", _("Roles on whose word recordings are handed out")
    )
    conclusion_notice_within = lead("conclusion_notice_within", _("Conclusion notice after the meeting"))
    audit_retention_years = number(
        "audit_retention_years",
        _("Entries of the audit log are kept (years)"),
        _("Older ones may be archived to a file, never without an approval."),
    )
    unit_confirmation_days = number(
        "unit_confirmation_days", _("The data of units are confirmed every (days)"), _("0: never.")
    )
    password_max_age = number("password_max_age", _("Greatest age of a password (days)"), _("0: no limit."))
    password_min_length = number("password_min_length", _("Shortest password (characters)"))
    password_classes = number(
        "password_classes",
        _("Kinds of characters in a password"),
        _("How many of: small letters, capitals, digits, other signs. 0 to 4."),
    )
    password_history = number(
        "password_history", _("Former passwords that may not come again"), _("0: any may.")
    )
    otp_required = lines(
        "otp_required",
        _("Who needs one-time codes"),
        _("Functions in units (admins, leaders …) or roles, one a line. Empty: everybody may, nobody must."),
    )
    lockout_attempts = number(
        "lockout_attempts", _("Wrong passwords without a wait, for one account from one address")
    )
    lockout_address_attempts = number(
        "lockout_address_attempts", _("Wrong passwords without a wait, from one address for any account")
    )
    lockout_seconds = number(
        "lockout_seconds", _("First wait (seconds)"), _("Doubled by every further failure.")
    )
    lockout_minutes = number("lockout_minutes", _("Longest wait (minutes)"))
    session_hours = number("session_hours", _("Longest time logged in (hours)"), _("0: no limit."))
    session_idle_minutes = number(
        "session_idle_minutes", _("Longest time logged in without use (minutes)"), _("0: no limit.")
    )
    distant_sessions = yes_no(
        "distant_sessions", _("Accounts logged in from distant networks at the same time are reported")
    )
    distant_prefix_v4 = number("distant_prefix_v4", _("Bits that make one network (IPv4)"))
    distant_prefix_v6 = number("distant_prefix_v6", _("Bits that make one network (IPv6)"))
    terms_version = text(
        "terms_version",
        _("Version of the terms of use"),
        _("With a new version everybody is asked to accept. Empty: no terms."),
    )
    terms_text = long_text(
        "terms_text", _("Text of the terms of use"), _("One paragraph a line. Empty: the text on board.")
    )
    notice_channels = lines("notice_channels", _("Channels of notices"))
    official_mail_domains = lines(
        "official_mail_domains",
        _("Domains of official e-mail"),
        _("One a line, for example binhdinh.gov.vn. Empty: every address is taken for official."),
    )
    guest_data_days = number(
        "guest_data_days",
        _("Erase the data of guests after (days)"),
        _("Counted from the end of the account. The name stays in the records of the meeting."),
    )
    guests_allowed = yes_no("guests_allowed", _("Guests from outside may be invited"))
    guest_access_days = number("guest_access_days", _("Guests can log in after the meeting for (days)"))
    preemption = yes_no("preemption", _("A meeting of higher priority may take a slot"))
    priority_rules = lines(
        "priority_rules",
        _("Hosts with priority"),
        _("One a line, the highest first: level/type of the host unit. Others come last."),
    )
    slot_before_invitation = yes_no(
        "slot_before_invitation", _("The slot is confirmed before the invitation is issued")
    )
    invitation_before_preparation = yes_no(
        "invitation_before_preparation", _("Technical preparation starts with the invitation")
    )
    sensitive_forbidden = yes_no("sensitive_forbidden", _("Sensitive content is treated as classified"))
    host_matrix = lines(
        "host_matrix",
        _("Who may meet whom"),
        _(
            "One a line: level/type -> level/type, level/type. * is any; !sector at the end: same sector only."
        ),
    )
    urgent_notice_channel = choice(
        "urgent_notice_channel", _("Notice of urgent meetings goes to"), "", "phone", "operator"
    )
    setup_minutes = number("setup_minutes", _("Time to set up before a meeting (minutes)"))
    teardown_minutes = number("teardown_minutes", _("Time to clear after a meeting (minutes)"))
    bookable_hours = lines(
        "bookable_hours", _("Hours in which meetings are held"), _("One a line: 07:00-18:00. Empty: any.")
    )
    bridges = lines("bridges", _("Bridges (MCU)"), _("One a line: name=most sites. Empty: not booked."))
    registered_sites = number("registered_sites", _("Number of sites that the regulation names"))
    site_staffing = lines("site_staffing", _("Staff of a site"), _("One a line: leader=1, technician=1."))
    room_standard_required = yes_no("room_standard_required", _("Only rooms that meet the standard are used"))
    require_room_rules = yes_no("require_room_rules", _("Rooms post their rules"))
    require_backdrop = yes_no("require_backdrop", _("One backdrop for all sites of a meeting"))
    device_inspection_required = yes_no(
        "device_inspection_required", _("Devices are inspected for security before use")
    )
    lock_site_config = yes_no(
        "lock_site_config", _("The configuration of sites is locked while a meeting runs")
    )
    network_ranges = lines("network_ranges", _("Address ranges of sites"), _("One a line: 10.20.0.0/16."))
    duty_required = yes_no("duty_required", _("People on duty are named for every site"))
    host_contact_required = yes_no(
        "host_contact_required", _("The host names an officer for the technicians")
    )
    help_response = lead("help_response", _("Answer to a request for help"))
    maintenance_months = number("maintenance_months", _("Periodic checks every (months)"))
    archive_owner_rule = choice(
        "archive_owner_rule", _("Records are kept by"), "host", "main_site", "operator"
    )
    delegate_control = yes_no("delegate_control", _("The conduct of a session may be handed over"))
    break_glass_minutes = number(
        "break_glass_minutes", _("Emergency access of a system administrator (minutes)")
    )
    report_cycles = lines("report_cycles", _("Reports"), _("One a line: body, =, months."))
    plan_cycles = lines("plan_cycles", _("Plans and budgets"), _("One a line: body, =, months."))
    report_due_days = number("report_due_days", _("Reports are handed in after the period (days)"))
    max_upload_mb = number("max_upload_mb", _("Greatest size of a file (MB)"))
    max_pages = number("max_pages", _("Most pages of a document"))
    office_hours = lines("office_hours", _("Office hours"), _("One half-day a line: 07:30-11:30."))
    extra_days_off = days(
        "extra_days_off", _("Further days off"), _("One a line; public holidays of Viet Nam are known.")
    )
    extra_days_worked = days("extra_days_worked", _("Days off that are worked"), _("One a line."))
