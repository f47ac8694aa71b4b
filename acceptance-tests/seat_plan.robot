*** Settings ***
Documentation       Who looks after a room draws its seat plan by keyboard and by touch; participants get their seats and see them.
Resource            resources/hopso.resource
Suite Setup         Open The Browser
Suite Teardown      Close The Browser


*** Variables ***
${ROOM}             ${EMPTY}
${MEETING}          ${EMPTY}
${PLACE}            /don-vi/ubnd/vp


*** Test Cases ***
A Room Gets An Arrangement
    I Am    quantri-donvi
    ${number}=    Generate Random String    6    [NUMBERS]
    Go To    ${URL}${PLACE}/@@add-room
    No Barriers Here
    Fill Text    css=[name="form.widgets.title"]    Phòng ${number}
    Fill Text    css=[name="form.widgets.capacity"]    10
    Click    css=.hs-form__actions .hs-btn--primary >> nth=0
    Wait For Elements State    css=.hs-pagehead h1 >> text=Phòng ${number}    visible
    ${address}=    Get Url
    VAR    ${ROOM}    ${address}    scope=SUITE
    Go To    ${ROOM}/@@seat-plan
    Select Options By    css=[data-hs-seats-shape]    value    u
    Click    css=[data-hs-seats-do="arrange"]
    Get Element Count    css=svg.hs-seats [data-id^="s"]    ==    10
    No Barriers Here
    Nothing Spills Over Sideways
    Save The Plan

The Keyboard Is Enough
    I Am    quantri-donvi
    Go To    ${ROOM}/@@seat-plan
    ${before}=    Place Of    s2
    Focus    css=svg.hs-seats [data-id="s2"]
    Keyboard Key    press    Enter
    Keyboard Key    press    ArrowUp
    Keyboard Key    press    ArrowUp
    Keyboard Key    press    Enter
    ${after}=    Place Of    s2
    Should Be Equal As Integers    ${before[1]}    ${after[1] + 20}
    Get Text    id=hs-live    contains    đã đặt xuống
    # Undo takes each step back.
    Keyboard Key    press    Control+z
    Keyboard Key    press    Control+z
    ${again}=    Place Of    s2
    Should Be Equal    ${again}    ${before}
    # One more, with a name of its own; the wrong one is removed.
    Focus    css=[data-hs-seats-do="seat"]
    Keyboard Key    press    Enter
    Fill Text    css=[data-hs-seats-field="label"]    VIP
    Keyboard Key    press    Tab
    Get Attribute    css=svg.hs-seats [data-id="s11"]    aria-label    ==    Ghế VIP
    Focus    css=svg.hs-seats [data-id="s3"]
    Keyboard Key    press    Delete
    Get Element Count    css=svg.hs-seats [data-id^="s"]    ==    10
    Save The Plan
    Get Text    css=.hs-row >> nth=0    contains    Phiên bản 2

A Finger Is Enough
    New Context    locale=vi-VN    viewport={'width': 820, 'height': 1180}    hasTouch=True
    New Page    ${URL}/login
    Fill Text    input[name="__ac_name"]    quantri-donvi
    Fill Secret    input[name="__ac_password"]    $PASSWORD
    Click    css=form#login-form [type=submit], form[action*="login"] [type=submit] >> nth=0
    Wait For Elements State    css=.hs-who    visible
    Go To    ${ROOM}/@@seat-plan
    Nothing Spills Over Sideways
    Tap    css=svg.hs-seats [data-id="s4"]
    Get Element States    css=[data-hs-seats-form]    contains    visible
    Select Options By    css=[data-hs-seats-field="kind"]    value    blocked
    Get Text    css=[data-hs-seats-count]    contains    9
    Tap    css=[data-hs-seats-do="undo"]
    Get Text    css=[data-hs-seats-count]    contains    10

Two Who Draw At Once Are Told
    I Am    quantri-donvi
    Go To    ${ROOM}/@@seat-plan
    ${status}=    Evaluate JavaScript    ${None}
    ...    async () => { const root = document.querySelector('[data-hs-seats]'); const body = new FormData(); for (const [k, v] of Object.entries({verb: 'save_seat_plan', _authenticator: root.dataset.token, plan: root.dataset.plan, seen: root.dataset.seen})) body.append(k, v); return (await fetch(root.dataset.do, {method: 'POST', body, headers: {Accept: 'application/json'}})).status }
    Should Be Equal As Integers    ${status}    200
    Click    css=[data-hs-seats-do="seat"]
    Click    css=[data-hs-seats-do="save"]
    Wait For Elements State    css=[data-hs-seats-trouble] >> text=Người khác vừa thay đổi    visible

Others See It And Cannot Change It
    I Am    thuky
    Go To    ${ROOM}
    Wait For Elements State    css=svg.hs-seats    visible
    No Barriers Here
    Go To    ${ROOM}/@@seat-plan
    Get Element Count    css=[data-hs-seats]    ==    0
    Wait For Elements State    css=svg.hs-seats    visible

Participants Get Their Seats
    I Am    daumoi
    Go To    ${URL}/@@meetings?q=Giao%20ban%20Ủy%20ban
    Click    css=main a[href*="/hop/"] >> nth=0
    Wait For Elements State    css=.hs-steps    visible
    ${meeting}=    Get Url
    VAR    ${MEETING}    ${meeting}    scope=SUITE
    Go To    ${MEETING}/@@seats
    No Barriers Here
    Select Options By    css=select[name="order"]    value    rank
    Click    css=.hs-filters button[type="submit"]
    Wait For Elements State    text=Đã thực hiện. >> nth=0    visible
    Wait For Elements State    css=[data-hs-given] svg.hs-seats [role="button"] >> nth=0    visible
    No Barriers Here
    Nothing Spills Over Sideways
    # By keyboard: the person of one seat goes to an empty one.
    Get Attribute    css=svg.hs-seats [data-id="s1"]    aria-label    contains    CT:
    ${name}=    Get Attribute    css=svg.hs-seats [data-id="s2"]    aria-label
    Focus    css=svg.hs-seats [data-id="s2"]
    Keyboard Key    press    Enter
    Focus    css=svg.hs-seats [data-id="s20"]
    Keyboard Key    press    Enter
    Get Attribute    css=svg.hs-seats [data-id="s2"]    aria-label    contains    trống
    Click    css=[data-hs-given-form] button[type="submit"]
    Wait For Elements State    css=[data-hs-given-form] button[type="submit"][disabled]    visible
    ${there}=    Get Attribute    css=svg.hs-seats [data-id="s20"]    aria-label
    Should Be Equal    ${name.split(': ')[1]}    ${there.split(': ')[1]}
    Go To    ${MEETING}/@@place-cards
    No Barriers Here

A Delegate Sees The Own Seat
    I Am    daibieu    width=820    height=1180
    Go To    ${MEETING}
    The Page Says    Chỗ ngồi của bạn
    No Barriers Here
    Nothing Spills Over Sideways
    Go To    ${MEETING}/@@seats
    Get Element Count    css=[data-hs-given-form]    ==    0
    The Page Says    bạn
    No Barriers Here
    Nothing Spills Over Sideways


*** Keywords ***
Save The Plan
    Click    css=[data-hs-seats-do="save"]
    Wait For Elements State    css=.hs-pagehead [data-hs-seats-do="save"][disabled]    visible
    Wait For Load State    networkidle

Place Of
    [Arguments]    ${seat}
    ${place}=    Evaluate JavaScript    ${None}
    ...    (id) => { const r = document.querySelector(`svg.hs-seats [data-id="\${id}"] rect`); return [Number(r.getAttribute('x')), Number(r.getAttribute('y'))] }
    ...    arg=${seat}
    RETURN    ${place}
