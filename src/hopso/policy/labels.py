"""What the keys, values and rules of the policy are called."""

from hopso import _
from hopso.core.operation import registered
from hopso.policy import register


VALUE_TITLES = {
    "block": _("is refused"),
    "warn": _("is pointed out"),
    "refuse": _("are refused"),
    "forbid": _("are not held on the system"),
    "no_documents": _("are held without uploading documents"),
    "with_plan": _("are held with a protection plan"),
    "round_the_clock": _("round the clock"),
    "office_hours": _("in office hours"),
    "hours": _("hours"),
    "calendar_days": _("days (24 hours each)"),
    "working_days": _("working days"),
    "sessions": _("half-days"),
    "none": _("not regulated"),
    "": _("nobody in particular"),
    "phone": _("the units concerned, by telephone"),
    "operator": _("the operator of the central point, directly"),
    "host": _("the host unit"),
    "main_site": _("the unit of the chair's site"),
}
# Words that stand in lines and texts of the policy: roles, bodies, channels, people at a site.
WORD_TITLES = {
    "Registrar": _("Registrar"),
    "Unit Administrator": _("Unit Administrator"),
    "Provincial Chair": _("Provincial Chair"),
    "Meeting Chair": _("Meeting Chair"),
    "provincial_office": _("provincial office"),
    "tech_department": _("department in charge of information technology"),
    "service_provider": _("provider of lines and power"),
    "units": _("all units"),
    "leader": _("leaders"),
    "technician": _("technicians"),
    "document": _("document"),
    "email": _("e-mail"),
    "qlvb": _("document system"),
    "phone": _("telephone"),
    "phone_urgent": _("telephone when urgent"),
    "fax": _("fax"),
    "chair": _("the chair"),
    "office_leader": _("attending leader of the office"),
    "named": _("whom the registration names"),
    "*": _("other hosts"),
    "province/committee": _("provincial committee"),
}
# Keys whose lines consist of such words.
WORDY = (
    "approval_steps", "recording_release_roles", "notice_channels", "site_staffing", "document_approver_rules",
    "priority_rules",
)  # fmt: skip
STATE_TITLES = {
    register.ENFORCED: _("Enforced"),
    register.MEASURED: _("Measured"),
    register.RECORDED: _("Recorded"),
    register.PARTLY: _("In part"),
    register.LATER: _("Not yet"),
    register.OUTSIDE: _("Outside of the software"),
    register.ELSEWHERE: _("Not regulated here"),
}
STATE_TAGS = {
    register.ENFORCED: "hs-tag hs-tag--good",
    register.MEASURED: "hs-tag hs-tag--acc",
    register.RECORDED: "hs-tag hs-tag--acc",
    register.PARTLY: "hs-tag hs-tag--warn",
}
SET_TITLES = {
    "NA": "Nghệ An 2011",
    "NT": "Ninh Thuận 2017",
    "BD": "Bình Định 2025",
    "TQ": "Tuyên Quang 2017",
    "HN": "Hà Nội 2022",
}
VERSION_KINDS = {
    "change": _("Change of values"),
    "province": _("Policy of a province"),
    "restore": _("Former version restored"),
    "calendar": _("Working calendar"),
}
VERSION_STATES = {
    "planned": (_("waits for its day"), "hs-tag hs-tag--warn"),
    "done": (_("was put in force"), "hs-tag hs-tag--good"),
    "cancelled": (_("taken back"), "hs-tag"),
}
KIND_TITLES = {
    "E": _("enforce"),
    "M": _("measure"),
    "R": _("record"),
    "C": _("organisation"),
}
PAGE_TITLES = {
    "@@new-meeting": _("Registration form"),
    "@@policy-settings": _("Policy settings"),
    "@@audit-log": _("Audit log"),
    "@@inbox": _("Registrations received"),
    "@@urgent-meetings": _("Urgent meetings"),
    "@@working-calendar": _("Working calendar"),
    "@@overrides": _("Lifted rules"),
    "@@policy-effects": _("Registered meetings and the policy"),
    "login": _("Login page"),
    "@@continue": _("Steps after the login"),
    "@@my-account": _("My account"),
    "@@accounts": _("Accounts of the unit"),
    "@@logins": _("Login log"),
    "@@change-password": _("Change of password"),
    "@@break-glass": _("Emergency access"),
    "@@what-can-i-see": _("What can I see?"),
    "@@statistics": _("Statistics"),
    "@@health": _("Health page"),
    "@@usage": _("Use of the system"),
    "@@my-data": _("My data"),
    "@@source": _("Source of the information"),
    "@@site-map": _("Map of the sites"),
    "@@site-staff": _("Directory of the sites' staff"),
    "@@meeting-sheet": _("Sheet of a meeting for its sites"),
    "@@availability": _("Quality of lines and power"),
    "@@desk-checks": _("Technical checks of the unit"),
    "@@adoption": _("How far meetings use the system"),
    "quy-che": _("This page"),
    "don-vi": _("Units"),
}
GROUPS = (
    (_("Regulation"), ("title", "name", "legal_basis", "valid_from", "valid_to", "rule_sets")),
    (
        _("Registration and invitation"),
        (
            "lead_time_normal", "lead_time_level", "lead_time_urgent", "allow_below_urgent", "urgent_call_required",
            "urgent_approver_role", "registrar_role", "registrar_body", "approval_steps", "invitation_lead_time", "rsvp_deadline",
            "device_notice", "tech_check_due", "guests_allowed", "guest_access_days", "preemption", "delegate_control",
            "priority_rules", "slot_before_invitation", "invitation_before_preparation", "sensitive_forbidden",
            "host_matrix", "urgent_notice_channel",
        ),
    ),
    (
        _("Rooms, sites, devices"),
        (
            "setup_minutes", "teardown_minutes", "bookable_hours", "bridges", "registered_sites", "site_staffing",
            "room_standard_required", "require_room_rules", "require_backdrop", "device_inspection_required",
            "lock_site_config", "network_ranges", "duty_required", "host_contact_required", "help_response",
            "maintenance_months",
        ),
    ),
    (
        _("Documents and secrecy"),
        (
            "document_approver_rules", "publish_within", "publish_clock", "classified_policy", "marker_level",
            "max_upload_mb", "max_pages",
        ),
    ),
    (
        _("After the meeting"),
        ("conclusion_notice_within", "recording_default", "recording_release_roles", "report_cycles", "report_due_days", "plan_cycles", "archive_owner_rule"),
    ),
    (
        _("Operation and calendar"),
        (
            "operator_role", "operator_unit", "provider_role", "provider_unit", "bodies", "break_glass_minutes", "audit_retention_years", "unit_confirmation_days",
            "notice_channels", "official_mail_domains", "guest_data_days", "office_hours", "extra_days_off",
            "extra_days_worked",
        ),
    ),
    (
        _("Accounts and passwords"),
        (
            "password_max_age", "password_min_length", "password_classes", "password_history", "otp_required",
            "lockout_attempts", "lockout_address_attempts", "lockout_seconds", "lockout_minutes",
            "session_hours", "session_idle_minutes", "distant_sessions", "distant_prefix_v4", "distant_prefix_v6",
            "terms_version", "terms_text",
        ),
    ),
)  # fmt: skip


def place_titles() -> dict:
    """Return name -> translatable title of the operations and pages at which rules act."""
    return {one.name: one.title for one in registered()} | PAGE_TITLES
