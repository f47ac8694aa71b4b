*** Settings ***
Documentation       The calendar: a coordinator looks at the week of a room, at a unit, at the list, has the calendar
...                 in another program for a while, and prints the week; on a tablet and on a telephone as well.
Resource            resources/hopso.resource
Suite Setup         Open The Browser
Suite Teardown      Close The Browser
Test Tags           calendar


*** Test Cases ***
From The Week Of A Room To A Unit And Its List
    I Am    daumoi
    Click    css=.hs-nav a >> text=Lịch họp
    Entries Are Drawn
    Click    css=nav[aria-label="Lịch của ai"] a >> text=Phòng họp
    The Page Says    Phòng họp số 1
    Entries Are Drawn
    No Barriers Here
    ${address}=    Get Url
    Should Contain    ${address}    kind=room
    Click    css=nav[aria-label="Cách xem"] a >> text=Tháng
    Entries Are Drawn
    No Barriers Here
    Go To    ${URL}/@@calendar?kind=unit&key=ubnd
    Entries Are Drawn
    Get Text    css=[data-hs-fullcalendar]    contains    Họp khẩn
    Click    css=nav[aria-label="Cách xem"] a >> text=Danh sách
    Get Element Count    css=.hs-list .hs-row    >    0
    No Barriers Here
    # What the address says can be handed on; an entry leads to its meeting.
    ${address}=    Get Url
    Go To    ${address}
    Click    css=.hs-list .hs-row a >> text=Họp khẩn >> nth=0
    Wait For Elements State    css=h1 >> text=Họp khẩn    visible

Entries Can Be Reached By Keyboard
    I Am    daumoi
    Go To    ${URL}/@@calendar?kind=unit&key=ubnd&view=week
    Entries Are Drawn
    Focus    css=a.hs-ev >> nth=0
    Keyboard Key    press    Enter
    Wait For Elements State    css=.hs-pagehead h1    visible
    ${address}=    Get Url
    Should Contain    ${address}    /hop/

Others Learn That The Room Is Taken
    I Am    nguoingoai
    Go To    ${URL}/@@calendar?kind=room&view=list
    Select Options By    css=select[name="key"]    label    Phòng họp số 1
    Click    css=form[data-hs-cal-choice] button
    Wait For Load State    networkidle
    Get Text    css=.hs-cal    contains    Đã có cuộc họp
    Get Text    css=.hs-cal    not contains    Giao ban

Subscribe And Take Back
    I Am    daumoi
    Go To    ${URL}/@@calendar?kind=unit&key=ubnd
    Click    css=.hs-pagehead a >> text=Đồng bộ lịch
    Click    css=form.hs-card__body button[type=submit]
    ${feed}=    Get Property    css=#hs-new-address input    value
    Should Match Regexp    ${feed}    /@@ical/[\\w-]{40,}\\.ics$
    No Barriers Here
    Feed Answers    ${feed}    200    Giao ban
    # It is shown once.
    Go To    ${URL}/@@ical-addresses
    The Page Does Not Say    /@@ical/
    ${before}=    Get Element Count    css=form:has(input[value="calendar.unsubscribe"])
    Click    css=form:has(input[value="calendar.unsubscribe"]) >> nth=${before - 1} >> css=button
    Click    css=dialog[open] button >> text=Đồng ý
    Wait Until Keyword Succeeds    10s    300ms    Get Element Count    css=form:has(input[value="calendar.unsubscribe"])    ==    ${before - 1}
    Feed Answers    ${feed}    404    ${EMPTY}

The Week Is Published And Printed
    I Am    quantri-donvi
    Go To    ${URL}/don-vi/ubnd/@@week
    No Barriers Here
    Do    calendar.publish_week
    Wait For Elements State    css=.hs-pagehead .hs-tag >> text=Ban hành lúc    visible
    Do    calendar.print_week
    Wait For Elements State    text="Tải tệp PDF"    visible    timeout=60s
    No Barriers Here
    ${promise}=    Promise To Wait For Download    ${OUTPUT_DIR}/week.pdf
    Click    text="Tải tệp PDF"
    ${file}=    Wait For    ${promise}
    ${start}=    Evaluate    open('${OUTPUT_DIR}/week.pdf', 'rb').read(5).decode()
    Should Be Equal    ${start}    %PDF-

Rooms Are Counted
    I Am    quantri-donvi
    Go To    ${URL}/don-vi/ubnd/@@occupancy
    The Page Says    Tình hình sử dụng phòng họp
    Get Element Count    css=.hs-heat td    >    0
    No Barriers Here

On A Tablet And On A Telephone
    FOR    ${width}    IN    820    360
        I Am    daumoi    width=${width}    height=900
        FOR    ${page}    IN    @@calendar    @@calendar?kind=room&view=week    @@calendar?kind=unit&view=month    don-vi/ubnd/@@week    @@ical-addresses
            Go To    ${URL}/${page}
            Wait For Load State    networkidle
            Nothing Spills Over Sideways
        END
        No Barriers Here
    END
    # A telephone shows the list unless something else is asked for.
    Go To    ${URL}/@@calendar?kind=unit&key=ubnd
    Wait Until Keyword Succeeds    5s    200ms    The Address Says    view=list
    I Am    quantri-donvi    width=360    height=900
    Go To    ${URL}/don-vi/ubnd/@@occupancy
    Nothing Spills Over Sideways


*** Keywords ***
Entries Are Drawn
    [Documentation]    The browser has drawn the calendar.
    Wait For Elements State    css=[data-hs-fullcalendar] [role="grid"] >> nth=0    visible
    Wait For Load State    networkidle

The Address Says
    [Arguments]    ${text}
    ${address}=    Get Url
    Should Contain    ${address}    ${text}

Feed Answers
    [Documentation]    Ask as another program does: without a session.
    [Arguments]    ${address}    ${status}    ${text}
    New Context
    New Page    about:blank
    ${got}=    Evaluate    (lambda r: (r.status, r.read().decode()))(__import__('urllib.request').request.build_opener(type('H', (__import__('urllib.request').request.HTTPErrorProcessor,), {'http_response': lambda s, q, r: r})).open($address))
    Should Be Equal As Integers    ${got}[0]    ${status}
    Should Contain    ${got}[1]    ${text}
    Close Context
