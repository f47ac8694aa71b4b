*** Settings ***
Documentation       A room is taken: the form says so while one types, the registrar is offered something else,
...                 and a meeting of the provincial committee takes the slot of an office's meeting (NT-4.2/3).
Resource            resources/hopso.resource
Suite Setup         Give The Committee Priority
Suite Teardown      Take The Priority Back


*** Variables ***
${LOWER}            Họp rà soát hồ sơ của Văn phòng
${HIGHER}           Họp Ủy ban nhân dân tỉnh chuyên đề
${REASON}           Ủy ban nhân dân tỉnh họp đột xuất
${AHEAD}            16
${DAY}              ${EMPTY}
${LOW}              ${EMPTY}
${HIGH}             ${EMPTY}


*** Test Cases ***
The Office Gets The Room
    I Am    daumoi
    ${day}=    Day From Now    ${AHEAD}
    VAR    ${DAY}    ${day}    scope=SUITE
    ${address}=    Register    ${LOWER}    Văn phòng Ủy ban nhân dân tỉnh
    VAR    ${LOW}    ${address}    scope=SUITE
    I Am    quantri-donvi
    Go To    ${LOW}
    Do    schedule
    The State Is    Đã xếp lịch

While Typing The Form Says That It Is Taken
    I Am    daumoi    width=820    height=1180
    Start The Guide    ${HIGHER}    Ủy ban nhân dân tỉnh Hải Sơn
    Set Moment    start    ${DAY}    08:30
    Set Moment    end    ${DAY}    10:00
    Take Room Two
    Wait For Elements State    css=[data-hs-availability] .hs-note--warn    visible
    Get Text    css=[data-hs-availability]    contains    Đã có lịch
    Get Text    css=[data-hs-availability]    contains    ${LOWER}
    No Barriers Here
    Nothing Spills Over Sideways
    # What is offered goes into the fields, and then all is free.
    Click    css=[data-hs-availability] .hs-offers button >> nth=-1
    Wait For Elements State    css=[data-hs-availability] .hs-note--good    visible

The Registrar Is Offered Something Else
    [Tags]    rule:NT-4.2/2
    I Am    daumoi
    ${address}=    Register    ${HIGHER}    Ủy ban nhân dân tỉnh Hải Sơn
    VAR    ${HIGH}    ${address}    scope=SUITE
    I Am    quantri-donvi
    Go To    ${HIGH}
    ${answer}=    Try To Schedule    ${HIGH}
    Should Contain    ${answer}    HS-ROOM
    Should Contain    ${answer}    alternatives
    No Barriers Here

The Committee Takes The Slot
    [Tags]    rule:NT-4.2/3
    I Am    quantri-donvi
    Go To    ${HIGH}
    ${id}=    Open Dialog For    preempt
    No Barriers Here
    Fill Text    css=#${id} textarea[name="reason"]    ${REASON}
    Send Dialog    ${id}
    Wait For Elements State    css=.hs-pagehead >> text=Đã xếp lịch    visible    timeout=60s

The Other Meeting Waits To Be Scheduled Again
    [Tags]    rule:NT-4.2/3
    I Am    quantri-donvi
    Go To    ${URL}/@@start
    Wait For Elements State    css=#displaced >> text=${LOWER} >> nth=0    visible
    Get Text    css=#displaced    contains    ${REASON}
    No Barriers Here
    Go To    ${LOW}
    The State Is    Phải xếp lại lịch
    I Am    daibieu
    Go To    ${URL}/@@start
    Get Element Count    css=#displaced    ==    0

Who Prepared It Is Told
    [Tags]    rule:NT-4.2/3
    A Mail Has Come To    daumoi@${DOMAIN}    ${LOWER}


*** Keywords ***
Start The Guide
    [Arguments]    ${title}    ${host}
    Go To    ${URL}/@@new-meeting
    Select Options By    css=[name="form.widgets.host_unit:list"], [name="form.widgets.host_unit"]    text    ${host}
    Fill Text    css=[name="form.widgets.title"]    ${title}
    Fill Text    css=[name="form.widgets.content"]    Hồ sơ trình quý IV
    Fill Text    css=[name="form.widgets.purpose"]    Chỉ đạo, điều hành
    Go On

Take Room Two
    [Documentation]    By its name: the first proposal may still be one for fewer letters.
    Type Text    css=[data-hs-field="rooms"] input[role="combobox"]    phong hop so 2    delay=20ms
    Click    css=[data-hs-field="rooms"] [role="option"] >> text=Phòng họp số 2
    Wait For Elements State    css=[data-hs-field="rooms"] .hs-chip >> text=Phòng họp số 2    visible

Register
    [Documentation]    Register a meeting in room 2 at the same time as the others of this story; return its address.
    [Arguments]    ${title}    ${host}
    Start The Guide    ${title}    ${host}
    Set Moment    start    ${DAY}    08:30
    Set Moment    end    ${DAY}    10:00
    Take Room Two
    Go On
    Choose    chair    nguyen van binh
    Choose    secretary    vo minh khoa
    Choose    approver    tran hoang lan
    Choose    participants    pham quang dung
    Close The Guide
    ${address}=    Address Of This Page
    Open Dialog For    add_item
    Fill Text    css=#hs-do-add-item [name="title"]    Báo cáo
    Send Dialog    hs-do-add-item
    Wait For Elements State    css=main >> text=1 nội dung    visible
    Go To    ${address}
    Do    register
    The State Is    Đã đăng ký
    RETURN    ${address}

Try To Schedule
    [Documentation]    Ask the operation itself; return the answer as text.
    [Arguments]    ${address}
    ${answer}=    Evaluate JavaScript    ${None}
    ...    async (a) => { const r = await fetch(a + '/@operations/schedule', {method: 'POST', body: '{}', headers: {'Accept': 'application/json', 'Content-Type': 'application/json'}}); return r.status + ' ' + await r.text(); }
    ...    arg=${address}
    Should Start With    ${answer}    422
    RETURN    ${answer}

Set The Priority
    [Documentation]    As the system administrator does at the policy's page, by its script.
    [Arguments]    ${on}
    I Am    quantri-hethong
    ${answer}=    Evaluate JavaScript    ${None}
    ...    async ([u, on]) => { const r = await fetch(u + '/@operations/change', {method: 'POST', body: JSON.stringify({values: {preemption: on, priority_rules: on ? ['province/committee'] : []}}), headers: {'Accept': 'application/json', 'Content-Type': 'application/json'}}); return r.status + ' ' + await r.text(); }
    ...    arg=${{[$URL, $on]}}
    Should Start With    ${answer}    200

Give The Committee Priority
    Open The Browser
    Set The Priority    ${True}

Take The Priority Back
    Set The Priority    ${False}
    Close The Browser
