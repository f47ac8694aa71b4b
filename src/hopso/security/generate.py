"""Make the GenericSetup files of workflows and roles, and the tables of the documentation, from the matrix.

bin/zopepy -m hopso.security.generate
"""

from pathlib import Path
from xml.sax.saxutils import escape
from xml.sax.saxutils import quoteattr

from hopso.security import describe
from hopso.security import matrix


HEADER = '<?xml version="1.0" encoding="utf-8"?>\n<!-- Made by hopso.security.generate from hopso/security/matrix.py; do not edit. -->\n'
VARIABLES = """\
 <variable variable_id="action" for_catalog="False" for_status="True" update_always="True">
  <default><expression>transition/getId|nothing</expression></default>
  <guard></guard>
 </variable>
 <variable variable_id="actor" for_catalog="False" for_status="True" update_always="True">
  <default><expression>user/getId</expression></default>
  <guard></guard>
 </variable>
 <variable variable_id="comments" for_catalog="False" for_status="True" update_always="True">
  <default><expression>python:state_change.kwargs.get('comment', '')</expression></default>
  <guard></guard>
 </variable>
 <variable variable_id="review_history" for_catalog="False" for_status="False" update_always="False">
  <default><expression>state_change/getHistory</expression></default>
  <guard><guard-permission>View</guard-permission></guard>
 </variable>
 <variable variable_id="time" for_catalog="False" for_status="True" update_always="True">
  <default><expression>state_change/getDateTime</expression></default>
  <guard></guard>
 </variable>
"""


def workflow_xml(workflow_id: str) -> str:
    """Return definition.xml of one workflow."""
    flow = matrix.WORKFLOWS[workflow_id]
    lines = [
        f'<dc-workflow workflow_id="{workflow_id}" title={quoteattr(flow.title)} description=""'
        f' state_variable="review_state" initial_state="{flow.initial}" manager_bypass="False">'
    ]
    lines += [f" <permission>{escape(name)}</permission>" for name in flow.permissions]
    for state, title in flow.states.items():
        lines.append(f' <state state_id="{state}" title={quoteattr(title)}>')
        for name, step in flow.transitions.items():
            if state in step.sources:
                lines.append(f'  <exit-transition transition_id="{name}"/>')
        for permission, by_state in flow.permissions.items():
            lines.append(f'  <permission-map name={quoteattr(permission)} acquired="False">')
            for role in sorted(by_state[state]):
                lines.append(f"   <permission-role>{escape(role)}</permission-role>")
            lines.append("  </permission-map>")
        lines.append(" </state>")
    for name, step in flow.transitions.items():
        lines.append(
            f' <transition transition_id="{name}" title={quoteattr(step.title)} new_state="{step.target}"'
            ' trigger="USER" before_script="" after_script="">'
        )
        lines.append(f'  <action url="" category="workflow" icon="">{escape(step.title)}</action>')
        asked = f"<guard-permission>{escape(step.permission)}</guard-permission>" if step.permission else ""
        lines.append(f"  <guard>{asked}</guard>")
        lines.append(" </transition>")
    return HEADER + "\n".join(lines) + "\n" + VARIABLES + "</dc-workflow>\n"


def workflows_xml() -> str:
    """Return workflows.xml: the workflows and their types."""
    lines = ['<object name="portal_workflow" meta_type="Plone Workflow Tool">']
    lines += [f' <object name="{name}" meta_type="Workflow"/>' for name in matrix.WORKFLOWS]
    lines.append(" <bindings>")
    for name, flow in matrix.WORKFLOWS.items():
        for portal_type in flow.types:
            lines.append(f'  <type type_id="{portal_type}"><bound-workflow workflow_id="{name}"/></type>')
    lines += [f'  <type type_id="{name}"/>' for name in ("Unit", "Section", "Room", "AgendaItem")]
    return HEADER + "\n".join([*lines, " </bindings>", "</object>"]) + "\n"


def rolemap_xml() -> str:
    """Return rolemap.xml: our roles, and what they may from the root on."""
    lines = ["<rolemap>", " <roles>"]
    lines += [f"  <role name={quoteattr(role)}/>" for role in matrix.ROLES]
    lines += [" </roles>", " <permissions>"]
    for permission, roles in (matrix.ROOT | matrix.STATIC).items():
        lines.append(f'  <permission name={quoteattr(permission)} acquire="False">')
        lines += [f"   <role name={quoteattr(role)}/>" for role in sorted(roles)]
        lines.append("  </permission>")
    return HEADER + "\n".join([*lines, " </permissions>", "</rolemap>"]) + "\n"


def permissions_zcml() -> str:
    """Return permissions.zcml: ids for our permissions."""
    lines = ['<configure xmlns="http://namespaces.zope.org/zope" i18n_domain="hopso">', ""]
    for title in matrix.STATIC:
        lines.append(f'  <permission id="{permission_id(title)}" title={quoteattr(title)} />')
    return HEADER + "\n".join([*lines, "", "</configure>"]) + "\n"


def permission_id(title: str) -> str:
    """Return the ZCML id: ``hopso: Register meeting`` -> ``hopso.RegisterMeeting``."""
    words = title.removeprefix("hopso: ").split()
    return "hopso." + "".join(word[0].upper() + word[1:] for word in words)


def files() -> dict[Path, str]:
    """Return path -> text of everything that is made from the matrix."""
    package = Path(__file__).resolve().parent.parent
    profile = package / "profiles" / "default"
    made = {
        profile / "workflows.xml": workflows_xml(),
        profile / "rolemap.xml": rolemap_xml(),
        package / "permissions.zcml": permissions_zcml(),
    }
    for name in matrix.WORKFLOWS:
        made[profile / "workflows" / name / "definition.xml"] = workflow_xml(name)
    return made


if __name__ == "__main__":
    for path, text in (files() | describe.documents()).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        print(path)
