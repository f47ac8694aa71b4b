*** Settings ***
Documentation       A meeting that starts in two and a half hours because of a flood: who is called, who decides, what is on record.
Resource            resources/hopso.resource
Resource            resources/policies.resource
Suite Setup         Open The Browser
Suite Teardown      Leave The Demo As It Was


*** Variables ***
@{NOWHERE}


*** Test Cases ***
Binh Dinh: Calls To The Units, Below Three Hours Paper
    [Tags]    rule:BD-6.1/2    rule:BD-7/3
    The Policy Is    binh-dinh
    An Urgent Meeting    Họp khẩn ứng phó lũ (Bình Định)
    The Page Says    chậm nhất
    Do    register
    The Page Says    Điều 6 khoản 1
    Go To    ${MEETING}
    Log A Call    Ủy ban nhân dân phường Bến Sao    0256 3822 000
    The Page Says    chưa đủ thời gian quy chế yêu cầu
    Do    register
    The State Is    Đã đăng ký
    No Barriers Here
    I Am    snnmt-quantri
    Go To    ${MEETING}
    Do    schedule
    The State Is    Đã xếp lịch
    ${dialog}=    Open Dialog For    log_paper
    Fill Text    css=#${dialog} [name="document"]    Phương án sơ tán dân
    Fill Text    css=#${dialog} [name="copies"]    20
    Fill Text    css=#${dialog} [name="reason"]    Không kịp đăng tải trước cuộc họp
    Send Dialog    ${dialog}
    The Page Says    Phương án sơ tán dân

Ninh Thuan: The Operator Is Called Directly, A Late Call Is On Record
    [Tags]    rule:NT-6.5
    The Policy Is    ninh-thuan
    An Urgent Meeting    Họp khẩn ứng phó lũ (Ninh Thuận)    host_contact=cctl-chuyenvien
    The Page Says    Điều 6 khoản 5
    ${rooms}=    Ask The Site    GET    ${URL}/@search?portal_type=Room&sort_on=sortable_title&metadata_fields=UID
    The Meeting Is Changed    ${MEETING}    mode=in_person    rooms=${{ [$rooms['answer']['items'][-1]['UID']] }}
    Log A Call    Trực điểm cầu trung tâm    0259 3822 111
    The Page Says    chậm hơn thời hạn quy định
    Do    register
    The State Is    Đã đăng ký

Nghe An: The Provincial Chair Decides
    [Tags]    rule:NA-3.1/2    rule:NA-4.1/1
    The Policy Is    nghe-an
    An Urgent Meeting    Họp khẩn ứng phó lũ (Nghệ An)
    Do    register
    The State Is    Đã đăng ký
    I Am    vp-tiepnhan
    Go To    ${URL}/@@inbox
    The Page Says    Chờ quyết định cho họp đột xuất
    No Barriers Here
    Go To    ${MEETING}
    The Page Says    Cuộc họp đột xuất phải có quyết định của
    The Page Says    Điều 3 khoản 1
    I Am    chutich
    The Page Says    Cuộc họp chờ bạn quyết định
    Click    css=#block-decide strong a >> text=Họp khẩn ứng phó lũ (Nghệ An) >> nth=-1
    ${dialog}=    Open Dialog For    allow_urgent
    Fill Text    css=#${dialog} [name="reference"]    Ý kiến qua điện thoại 14:05
    Fill Text    css=#${dialog} [name="evidence"]    Chánh Văn phòng trực tiếp nhận ý kiến, ghi sổ trực ban
    No Barriers Here
    Send Dialog    ${dialog}
    The Page Says    Ý kiến qua điện thoại 14:05
    I Am    vp-tiepnhan
    Go To    ${MEETING}
    Do    schedule
    The State Is    Đã xếp lịch

The Register Of Urgent Meetings Keeps Them All
    [Tags]    rule:NA-3.1/2
    I Am    chutich
    Go To    ${URL}/@@urgent-meetings
    The Page Says    Họp khẩn ứng phó lũ (Nghệ An)
    The Page Says    ghi sổ trực ban
    The Page Says    Thông báo chậm
    No Barriers Here
    Nothing Spills Over Sideways
    Get Element    css=a[href*="urgent-meetings.xlsx"]
    I Am    nguoingoai
    Go To    ${URL}/@@urgent-meetings
    The Page Does Not Say    Họp khẩn ứng phó lũ


*** Keywords ***
An Urgent Meeting
    [Documentation]    Draft it as the coordinator of the department, two and a half hours ahead; opens its page.
    [Arguments]    ${title}    &{fields}
    ${meeting}=    A Meeting Is Drafted    ${title}    2.5    mode=online    rooms=${NOWHERE}    urgent=${True}
    ...    urgent_reason=storm_flood    urgent_note=Lũ trên báo động 3, phải sơ tán dân    participants=${{ ['user:cctl-truong'] }}    &{fields}
    VAR    ${MEETING}    ${meeting}    scope=SUITE
    Go To    ${meeting}

Log A Call
    [Arguments]    ${whom}    ${phone}
    ${dialog}=    Open Dialog For    log_call
    Fill Text    css=#${dialog} [name="whom"]    ${whom}
    Fill Text    css=#${dialog} [name="phone"]    ${phone}
    Send Dialog    ${dialog}
    The Page Says    ${phone}

Leave The Demo As It Was
    The Demo Has Its Policy Again
    Close The Browser
