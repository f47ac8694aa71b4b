*** Settings ***
Documentation       A technician checks a site on the phone in time; another site is missed, red, and the mail goes out.
Resource            resources/hopso.resource
Suite Setup         Open The Browser
Suite Teardown      Close The Browser


*** Variables ***
${CHECK}            ${EMPTY}


*** Test Cases ***
The Technician Finds What Is Due On The Start Page
    [Tags]    rule:NT-6.4    rule:NA-5.1/4
    I Am    honnhan-kythuat    width=360    height=760
    Get Text    id=hs-checks-due    contains    Điểm cầu
    Nothing Spills Over Sideways

Each Item Is One Tap On The Phone
    [Tags]    rule:NT-7.2.b
    I Am    honnhan-kythuat    width=360    height=760
    Click    css=#hs-checks-due .hs-row strong a >> nth=-1
    Wait For Elements State    css=[data-hs-check]    visible
    ${address}=    Get Url
    VAR    ${CHECK}    ${address}    scope=SUITE
    No Barriers Here
    Nothing Spills Over Sideways
    ${height}=    Evaluate JavaScript    ${None}
    ...    () => Math.min(...[...document.querySelectorAll('.hs-check-btn')].map(b => b.getBoundingClientRect().height))
    Should Be True    ${height} >= 44
    ${items}=    Get Element Count    css=[data-hs-item]
    FOR    ${number}    IN RANGE    ${items}
        Click    css=[data-hs-item] >> nth=${number} >> css=.hs-check-btn.is-pass
    END
    Get Text    css=[data-hs-progress-text]    contains    ${items} trên ${items}
    Click    css=[data-hs-sign] button[type=submit]
    Wait For Elements State    css=.hs-note--good >> text=đã ký xác nhận    visible    timeout=30s

A Bad Line Loses Nothing
    I Am    honnhan-kythuat    width=360    height=760
    Go To    ${CHECK}
    Fill Text    id=hs-reopen-reason    Đã thay micro
    Click    css=form:has(input[value="reopen_check"]) button[type=submit]
    Wait For Elements State    css=[data-hs-sign]    visible    timeout=30s
    Set Offline    True
    Click    css=[data-hs-item] >> nth=1 >> css=.hs-check-btn.is-na
    Wait For Elements State    css=[data-hs-waiting]    visible
    Set Offline    False
    Wait For Elements State    css=.hs-check-btn.is-waiting    hidden    timeout=30s
    Reload
    Get Attribute    css=[data-hs-item] >> nth=1 >> css=.hs-check-btn.is-na    aria-pressed    ==    true

A Missed Check Is Red For The Operator
    [Tags]    rule:TQ-P5/5
    I Am    tth-kythuat
    Get Text    id=hs-checks-missed    contains    Quá hạn, chưa kiểm tra
    No Barriers Here
    Go To    ${URL}/@@checks
    # Shortly after midnight the running meeting is one of the day before.
    ${today}=    Get Element Count    css=.hs-table
    IF    not ${today}    Click    css=a >> text=Ngày trước
    Get Text    css=.hs-table    contains    Quá hạn, chưa kiểm tra
    No Barriers Here
    Nothing Spills Over Sideways

A Stranger Sees Nothing Of It
    I Am    nguoingoai
    I Am Refused At    ${CHECK}
