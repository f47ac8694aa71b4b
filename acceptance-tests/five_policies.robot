*** Settings ***
Documentation       The same online meeting of a department with a ward, 30 hours ahead, under the policies of five provinces.
Resource            resources/hopso.resource
Resource            resources/policies.resource
Suite Setup         Open The Browser
Suite Teardown      Leave The Demo As It Was


*** Variables ***
@{WARD}             unit:ben-sao
@{NOWHERE}


*** Test Cases ***
Nghe An: Too Late For Its 48 Hours
    [Tags]    rule:NA-3.1/1
    The Policy Is    nghe-an
    Draft    Họp trực tuyến triển khai nhiệm vụ (Nghệ An)    30
    The Page Says    Điều 3 khoản 1
    Do    register
    The Page Says    Điều 3 khoản 1

Nghe An: The Office Schedules And The Provincial Chair Approves
    [Tags]    rule:NA-4.1/1    rule:NA-4.1/2    rule:NA-4.2
    Draft    Họp trực tuyến triển khai nhiệm vụ (Nghệ An)    75
    Do    register
    The State Is    Đã đăng ký
    No Barriers Here
    I Am    snnmt-quantri
    Nobody Else May    ${MEETING}    schedule
    I Am    vp-tiepnhan
    Go To    ${URL}/@@inbox
    The Page Says    Họp trực tuyến triển khai nhiệm vụ (Nghệ An)
    The Page Says    Không trùng
    No Barriers Here
    Go To    ${MEETING}
    Do    schedule
    The State Is    Đã xếp lịch
    I Am    chutich
    The Page Says    Cuộc họp chờ bạn quyết định
    No Barriers Here
    Click    css=#block-decide strong a >> text=Họp trực tuyến triển khai nhiệm vụ (Nghệ An) >> nth=-1
    The Page Says    Chưa có giấy mời
    No Barriers Here
    Do    approve
    The Page Says    Đã duyệt · Nguyễn Hữu Lâm

Ninh Thuan: A Department Meets Divisions Of Its Sector Only
    [Tags]    rule:NT-3.2.b    rule:NT-11.3    rule:NT-2.2.b
    The Policy Is    ninh-thuan
    Draft    Họp trực tuyến triển khai nhiệm vụ (Ninh Thuận)    30
    The Page Says    Điều 3 khoản 2 điểm b
    The Page Says    Điều 11 khoản 3
    The Page Says    Điều 2 khoản 2 điểm b
    Do    register
    The Page Says    Điều 3 khoản 2 điểm b

Ninh Thuan: The Slot Comes Before The Invitation
    [Tags]    rule:NT-10.2    rule:NT-11.2    rule:NT-4.2/2
    The Meeting Is Changed    ${MEETING}    participants=@{{ ['user:snnmt-giamdoc'] }}    mode=hybrid    host_contact=cctl-chuyenvien
    The Meeting Is Changed    ${MEETING}    mode=in_person    rooms=@{{ [$ROOM] }}
    Do    register
    The State Is    Đã đăng ký
    The Page Says    Chưa có
    I Am    vp-tiepnhan
    Go To    ${MEETING}
    Do    schedule
    The State Is    Đã xếp lịch
    The Page Says    Thống nhất thời gian

Binh Dinh: Two Days Ahead, Received By The Unit's Own Administrator
    [Tags]    rule:BD-6.1/1
    The Policy Is    binh-dinh
    Draft    Họp trực tuyến triển khai nhiệm vụ (Bình Định)    30
    The Page Says    Điều 6 khoản 1
    Do    register
    The Page Says    Điều 6 khoản 1
    Draft    Họp trực tuyến triển khai nhiệm vụ (Bình Định)    100
    Do    register
    The State Is    Đã đăng ký
    I Am    vp-tiepnhan
    Nobody Else May    ${MEETING}    schedule
    I Am    snnmt-quantri
    Go To    ${URL}/@@inbox
    The Page Says    Họp trực tuyến triển khai nhiệm vụ (Bình Định)
    Go To    ${MEETING}
    Do    schedule
    The State Is    Đã xếp lịch

Tuyen Quang: The Department That Runs The System Receives
    [Tags]    rule:TQ-P7/3    rule:TQ-P9
    The Policy Is    tuyen-quang
    Draft    Họp trực tuyến triển khai nhiệm vụ (Tuyên Quang)    31
    Do    register
    The State Is    Đã đăng ký
    I Am    vp-tiepnhan
    Nobody Else May    ${MEETING}    schedule
    I Am    snv-cchc
    Go To    ${URL}/@@inbox
    The Page Says    Họp trực tuyến triển khai nhiệm vụ (Tuyên Quang)
    Nothing Spills Over Sideways
    Go To    ${MEETING}
    Do    schedule
    The State Is    Đã xếp lịch

Ha Noi: Received By The Office, Classified Content With A Plan
    [Tags]    rule:HN-5.2    rule:HN-5.3/2
    The Policy Is    ha-noi
    Draft    Họp trực tuyến triển khai nhiệm vụ (Hà Nội)    32
    The Meeting Is Changed    ${MEETING}    classification=mat
    The Page Says    Phương án bảo vệ
    The Page Says    phải ghi trung tính
    Do    register
    The State Is    Đã đăng ký
    Open Dialog For    write_plan
    Fill Text    css=#hs-do-write-plan [name="participants"]    Danh sách kèm Công văn 15/SNNMT
    Fill Text    css=#hs-do-write-plan [name="venue"]    Phòng họp số 2
    Fill Text    css=#hs-do-write-plan [name="devices"]    Biên bản 05/BB-CA
    Fill Text    css=#hs-do-write-plan [name="line"]    Đường truyền cơ yếu
    Fill Text    css=#hs-do-write-plan [name="recall"]    Văn thư thu ngay sau phiên họp
    No Barriers Here
    Send Dialog    hs-do-write-plan
    The Page Says    Đường truyền cơ yếu
    The Page Says    chưa được thủ trưởng đơn vị chủ trì phê duyệt
    I Am    vp-tiepnhan
    Go To    ${MEETING}
    Do    schedule
    The State Is    Đã xếp lịch


*** Keywords ***
Draft
    [Documentation]    The meeting of every story: online, with the ward of Bến Sao; opens its page.
    [Arguments]    ${title}    ${hours}
    ${meeting}=    A Meeting Is Drafted    ${title}    ${hours}    mode=online    rooms=${NOWHERE}    participants=${WARD}
    VAR    ${MEETING}    ${meeting}    scope=SUITE
    ${rooms}=    Ask The Site    GET    ${URL}/@search?portal_type=Room&sort_on=sortable_title&metadata_fields=UID
    VAR    ${ROOM}    ${rooms}[answer][items][0][UID]    scope=SUITE
    Go To    ${meeting}

Leave The Demo As It Was
    The Demo Has Its Policy Again
    Close The Browser
