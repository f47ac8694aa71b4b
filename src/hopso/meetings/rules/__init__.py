"""What the regulations ask of a meeting's registration, approval, publication and answers.

Pure functions of values, by theme; moments are aware datetimes.  What is
configurable (how long, how strict, which regulation speaks) is handed in by
the caller, who asked the policy.
"""

from hopso.meetings.rules.answers import answer_in_time as answer_in_time
from hopso.meetings.rules.answers import response_minutes as response_minutes
from hopso.meetings.rules.answers import typical_response as typical_response
from hopso.meetings.rules.base import HOUSE as HOUSE
from hopso.meetings.rules.base import LIFTED as LIFTED
from hopso.meetings.rules.base import OVERRIDE as OVERRIDE
from hopso.meetings.rules.base import OVERRIDE_WHO as OVERRIDE_WHO
from hopso.meetings.rules.base import say as say
from hopso.meetings.rules.base import voice as voice
from hopso.meetings.rules.hosts import items_prepared as items_prepared
from hopso.meetings.rules.hosts import Party as Party
from hopso.meetings.rules.hosts import prepared_by_another as prepared_by_another
from hopso.meetings.rules.hosts import who_may_meet as who_may_meet
from hopso.meetings.rules.papers import documents_approved as documents_approved
from hopso.meetings.rules.papers import minutes_issued as minutes_issued
from hopso.meetings.rules.papers import paper_by_decision as paper_by_decision
from hopso.meetings.rules.papers import published_in_time as published_in_time
from hopso.meetings.rules.papers import reading_hours as reading_hours
from hopso.meetings.rules.registration import completeness as completeness
from hopso.meetings.rules.registration import contact_named as contact_named
from hopso.meetings.rules.registration import Facts as Facts
from hopso.meetings.rules.registration import host_checklist as host_checklist
from hopso.meetings.rules.registration import INFORMATION as INFORMATION
from hopso.meetings.rules.registration import lead_rule as lead_rule
from hopso.meetings.rules.registration import LEAD_RULES as LEAD_RULES
from hopso.meetings.rules.registration import lead_time as lead_time
from hopso.meetings.rules.registration import meeting_information as meeting_information
from hopso.meetings.rules.registration import missing as missing
from hopso.meetings.rules.registration import NATIONAL as NATIONAL
from hopso.meetings.rules.registration import national_invitation as national_invitation
from hopso.meetings.rules.registration import purpose_stated as purpose_stated
from hopso.meetings.rules.registration import registration_complete as registration_complete
from hopso.meetings.rules.registration import REQUIRED as REQUIRED
from hopso.meetings.rules.registration import WRITTEN as WRITTEN
from hopso.meetings.rules.registration import written_registration as written_registration
from hopso.meetings.rules.secrecy import content_allowed as content_allowed
from hopso.meetings.rules.secrecy import may_go_unrecorded as may_go_unrecorded
from hopso.meetings.rules.secrecy import neutral_words as neutral_words
from hopso.meetings.rules.secrecy import NEVER as NEVER
from hopso.meetings.rules.secrecy import placeholder_only as placeholder_only
from hopso.meetings.rules.secrecy import plan_lacks as plan_lacks
from hopso.meetings.rules.secrecy import PLAN_PARTS as PLAN_PARTS
from hopso.meetings.rules.secrecy import protection_plan as protection_plan
from hopso.meetings.rules.secrecy import recording_decided as recording_decided
from hopso.meetings.rules.secrecy import SECRET as SECRET
from hopso.meetings.rules.slots import agenda_there as agenda_there
from hopso.meetings.rules.slots import agreed_first as agreed_first
from hopso.meetings.rules.slots import invitation_before_preparation as invitation_before_preparation
from hopso.meetings.rules.slots import one_chair_site as one_chair_site
from hopso.meetings.rules.slots import seats as seats
from hopso.meetings.rules.slots import slot_before_invitation as slot_before_invitation
from hopso.meetings.rules.slots import steps_approved as steps_approved
from hopso.meetings.rules.urgent import operator_contacted as operator_contacted
from hopso.meetings.rules.urgent import paper_fallback as paper_fallback
from hopso.meetings.rules.urgent import urgency_allowed as urgency_allowed
from hopso.meetings.rules.urgent import urgency_explained as urgency_explained
from hopso.meetings.rules.urgent import urgent_notice as urgent_notice
