*** Settings ***
Documentation       The body that runs the system plans a check, writes its yearly report and hands it in.
Resource            resources/hopso.resource
Suite Setup         Open The Browser
Suite Teardown      Close The Browser


*** Variables ***
${OFFICE}           ${URL}/don-vi/ubnd/vp


*** Test Cases ***
A Check Is Planned And Carried Out
    I Am    quantri-donvi
    Go To    ${OFFICE}/@@register?book=maintenance
    No Barriers Here
    Click    css=.hs-pagehead .hs-btn--primary
    Fill Text    css=input[name="title"]    Kiểm tra phòng máy quý IV
    ${day}=    Day From Now    -1
    Fill Text    css=input[name="planned_on"]    ${day}
    Click    css=.hs-form__actions .hs-btn--primary
    Wait For Elements State    css=.hs-pagehead h1 >> text=Kiểm tra phòng máy quý IV    visible
    The Page Says    chưa thực hiện
    No Barriers Here
    Click    css=[data-hs-open="hs-do-complete"]
    Fill Text    css=#hs-do-complete textarea[name="result"]    Hoạt động tốt
    Send Dialog    hs-do-complete
    The State Is    Đã thực hiện
    Go To    ${OFFICE}/@@register?book=maintenance
    The Page Says    Kiểm tra phòng máy quý IV

The Yearly Report Is Written From The Data And Handed In
    [Tags]    rule:BD-11.1
    I Am    lanhdao    width=820    height=1180
    Go To    ${OFFICE}/@@reports
    No Barriers Here
    Nothing Spills Over Sideways
    # The worker may have begun it already: then its period is a link.
    Click    css=.hs-row form:has(input[value="report.begin"]) button, .hs-row:has(.hs-tag) strong a >> nth=0
    Wait For Elements State    css=[data-hs-open="hs-do-write"]    visible
    The Page Says    Cuộc họp đã tổ chức
    Nothing Spills Over Sideways
    Click    css=[data-hs-open="hs-do-write"]
    Fill Text    css=#hs-do-write textarea[name="assessment"]    Hệ thống hoạt động ổn định, an toàn.
    Send Dialog    hs-do-write
    Click    css=[data-hs-open="hs-do-submit"]
    Send Dialog    hs-do-submit
    The State Is    Đã gửi
    No Barriers Here

Use Is Counted For Leaders And Nobody Else
    I Am    lanhdao
    Go To    ${OFFICE}/@@adoption
    The Page Says    Trang không phải in
    No Barriers Here
    Nothing Spills Over Sideways
    I Am    nguoingoai
    I Am Refused At    ${OFFICE}/@@adoption
    I Am Refused At    ${OFFICE}/@@reports
