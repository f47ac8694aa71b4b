*** Settings ***
Documentation       The system administrator looks at the five policies, previews a change, plans a version and restores.
Resource            resources/hopso.resource
Suite Setup         Open The Browser
Suite Teardown      Close The Browser


*** Variables ***
${DAY}              ${EMPTY}
${DECISION}         Quyết định 77/2027/QĐ-UBND


*** Test Cases ***
The Five Policies Stand Side By Side
    I Am    quantri-hethong
    Go To    ${URL}/@@policy-compare
    FOR    ${name}    IN    Nghệ An    Ninh Thuận    Bình Định    Tuyên Quang    Hà Nội
        The Page Says    ${name}
    END
    The Page Says    48 giờ
    The Page Says    không quy định
    No Barriers Here
    Nothing Spills Over Sideways

A Province Is Shown With Its Consequences And Nothing Changes
    I Am    quantri-hethong
    Go To    ${URL}/@@policy-settings
    No Barriers Here
    Nothing Spills Over Sideways
    Show Province    nghe-an
    The Page Says    Những giá trị sẽ thay đổi
    The Page Says    Chưa có gì thay đổi
    The Page Says    48 giờ
    The Page Says    NA-3.1/1
    No Barriers Here
    Nothing Spills Over Sideways
    Go To    ${URL}/quy-che
    The Page Says    Bình Định
    The Page Does Not Say    NA-3.1/1

A Version Waits For Its Day And Is Taken Back
    [Tags]    rule:NA-QD.2
    I Am    quantri-hethong
    ${day}=    Day From Now    40
    VAR    ${DAY}    ${day}    scope=SUITE
    Go To    ${URL}/@@policy-settings
    Show Province    nghe-an
    Fill Text    id=policy-day    ${DAY}
    Click    css=button[name="confirm"]
    Wait For Load State    networkidle
    The Page Says    Ghi văn bản làm căn cứ
    Fill Text    id=policy-day    ${DAY}
    Fill Text    id=policy-decision    ${DECISION}
    Click    css=button[name="confirm"]
    Wait For Load State    networkidle
    The Page Says    chờ ngày có hiệu lực
    The Page Says    ${DECISION}
    Go To    ${URL}/quy-che
    The Page Does Not Say    NA-3.1/1
    Go To    ${URL}/@@policy-settings
    Give Reason And Press    cancel    Quyết định chưa được ban hành
    The Page Says    đã hủy
    The Page Says    Quyết định chưa được ban hành

A Change Is Made, Kept As A Version, And Restored
    I Am    quantri-hethong
    Go To    ${URL}/@@policy-settings
    Unfold    Đăng ký và mời họp
    Fill Text    id=policy-lead_time_normal    4
    Click    css=button[name="preview"]
    Wait For Load State    networkidle
    The Page Says    4 ngày
    Fill Text    id=policy-decision    Thông báo 9/TB-VP
    Click    css=button[name="confirm"]
    Wait For Load State    networkidle
    The Page Says    Thông báo 9/TB-VP
    Go To    ${URL}/@@policy-settings
    Unfold    Đăng ký và mời họp
    Fill Text    id=policy-lead_time_normal    2
    Click    css=button[name="preview"]
    Wait For Load State    networkidle
    Click    css=button[name="confirm"]
    Wait For Load State    networkidle
    Give Reason And Press    restore    Xem lại thông báo 9    1
    The Page Says    Khôi phục
    Get Property    id=policy-lead_time_normal    value    ==    4
    Give Reason And Press    restore    Trở về như cũ    1
    Get Property    id=policy-lead_time_normal    value    ==    2

The Regulation Is Searched Without Accents And Filtered
    I Am    daibieu
    Go To    ${URL}/quy-che?set=all&q=diem+cau+trung+tam
    The Page Says    NT-2.2.a
    The Page Says    Không quy định ở đây
    The Page Does Not Say    BD-6.1/1
    No Barriers Here
    Nothing Spills Over Sideways
    Go To    ${URL}/@@rule?id=TQ-P5/5
    The Page Says    chậm nhất 01 giờ trước giờ khai mạc
    The Page Says    Chưa có toàn văn quy chế
    No Barriers Here

A Day Off Is Shown With Its Effect Before It Is Set
    I Am    quantri-hethong
    Go To    ${URL}/@@working-calendar?year=2027
    The Page Says    01/01/2027
    No Barriers Here
    Nothing Spills Over Sideways
    Fill Text    id=day-day    15/12/2027
    Fill Text    id=day-reason    Kỷ niệm ngày thành lập tỉnh
    Click    css=button[name="preview"]
    Wait For Load State    networkidle
    The Page Says    Thứ Tư 15/12/2027
    Click    css=button[name="save"]
    Wait For Load State    networkidle
    The Page Says    Kỷ niệm ngày thành lập tỉnh

Delegates Read The Rules And Change Nothing
    I Am    daibieu
    I Am Refused At    ${URL}/@@policy-settings
    I Am Refused At    ${URL}/@@policy-compare
    I Am Refused At    ${URL}/@@policy-effects
    I Am Refused At    ${URL}/@@overrides
    Go To    ${URL}/@@working-calendar
    Get Element Count    css=button[name="preview"]    ==    0


*** Keywords ***
Show Province
    [Arguments]    ${name}
    Select Options By    id=policy-province    value    ${name}
    Click    css=button[name="apply"]
    Wait For Load State    networkidle

Unfold
    [Arguments]    ${title}
    Click    css=form.hs-form details > summary:has-text("${title}")

Give Reason And Press
    [Documentation]    Open the form of the version number *row* that can be taken back or restored, and send it.
    [Arguments]    ${verb}    ${reason}    ${row}=0
    ${form}=    Set Variable    css=#versions details:has(input[name="${verb}"]) >> nth=${row}
    Click    ${form} >> css=summary
    Fill Text    ${form} >> css=input[name="reason"]    ${reason}
    Click    ${form} >> css=button[type="submit"]
    Wait For Load State    networkidle
