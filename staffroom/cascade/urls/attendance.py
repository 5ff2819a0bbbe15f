from django.urls import URLPattern, path

from staffroom.cascade.views import attendance, attendance_files, attendance_own, certificates

DAY = "<uid:training>/attendance/<uid:day>"
ONE = f"{DAY}/<uid:who>"
CERTIFICATE = "certificates/<uid:certificate>"

urlpatterns: list[URLPattern] = [
    path("mine/attendance", attendance_own.mine, name="my_attendance"),
    path("schools/attendance", attendance_own.schools, name="school_attendance"),
    path("attendance.csv", attendance_files.everything, {"kind": "csv"}, name="attendance_all_csv"),
    path(
        "attendance.xlsx", attendance_files.everything, {"kind": "xlsx"}, name="attendance_all_xlsx"
    ),
    path("certificate", certificates.find, name="certificate_find"),
    path("certificate/<str:code>", certificates.check, name="certificate_check"),
    path(CERTIFICATE, certificates.one, name="certificate"),
    path(f"{CERTIFICATE}/print", certificates.paper, name="certificate_print"),
    path(f"{CERTIFICATE}/pdf", certificates.pdf, name="certificate_pdf"),
    path(f"{CERTIFICATE}/change", certificates.change, name="certificate_change"),
    path(f"{CERTIFICATE}/withdraw", certificates.withdraw, name="certificate_withdraw"),
    path("<uid:training>/here", attendance_own.here, name="attendance_here"),
    path("<uid:training>/my-code", attendance_own.card, name="attendance_card"),
    path("<uid:training>/certificates", certificates.of_session, name="attendance_certificates"),
    path("<uid:training>/attendance", attendance.overview, name="attendance"),
    path(
        "<uid:training>/attendance.csv",
        attendance_files.of_session,
        {"kind": "csv"},
        name="attendance_csv",
    ),
    path(
        "<uid:training>/attendance.xlsx",
        attendance_files.of_session,
        {"kind": "xlsx"},
        name="attendance_xlsx",
    ),
    path("<uid:training>/attendance/import", attendance_files.bring_in, name="attendance_import"),
    path("<uid:training>/attendance/guests/<uid:guest>", attendance.guest, name="attendance_guest"),
    path(DAY, attendance.day_list, name="attendance_day"),
    path(f"{DAY}/code", attendance.code, name="attendance_code"),
    path(f"{DAY}/sheet", attendance.sheet, name="attendance_sheet"),
    path(f"{DAY}/paper", attendance.paper, name="attendance_paper"),
    path(f"{DAY}/scan", attendance.by_code, name="attendance_scan"),
    path(f"{DAY}/add", attendance.add, name="attendance_add"),
    path(ONE, attendance.one, name="attendance_one"),
    path(f"{ONE}/came", attendance.came, name="attendance_came"),
    path(f"{ONE}/absent", attendance.absent, name="attendance_absent"),
    path(f"{ONE}/back", attendance.take_back, name="attendance_back"),
    path(f"{ONE}/decide", attendance.decide, name="attendance_decide"),
]
