"""The demo's people. All of them are invented, and sign in with the same password."""

from opw.site.demo.shapes import Person

PASSWORD = "demo"  # noqa: S105  # a try-out's, printed for everybody to read
DOMAIN = "example.org"

PEOPLE = [
    Person("coordinator", "Marisol Quispe", "America/Lima", "2012-07-02 15:00", is_program_coordinator=True),
    # Xen. mentor4 is a maintainer too, and the one who reads ideas with a red pencil.
    Person("xen", "Ingrid Halvorsen", "Europe/Oslo", "2012-07-03 09:20"),
    Person("mentor1", "Wanjiru Kamau", "Africa/Nairobi", "2012-07-20 11:05"),
    Person("mentor2", "Arvid Lindqvist", "Europe/Stockholm", "2012-07-21 08:40"),
    Person("mentor3", "Nguyễn Thu Hà", "Asia/Ho_Chi_Minh", "2012-09-11 02:15"),
    Person("mentor4", "Catriona Muir", "Europe/London", "2012-09-12 16:30"),
    Person("mentor5", "Émilie Marchetti", "Europe/Paris", "2012-09-20 12:00"),
    Person("mentor6", "Kavitha Subramaniam", "Asia/Kolkata", "2012-10-01 05:30"),
    Person("mentor7", "Owen Prys-Hughes", "America/St_Johns", "2012-10-02 18:45"),
    # Fernway and Quillstone.
    Person("fernway", "Hinemoa Parata", "Pacific/Auckland", "2012-11-05 21:00"),
    Person("fernway.mentor", "Bartosz Zieliński", "Europe/Warsaw", "2012-11-08 10:10"),
    Person("quillstone", "Yetunde Adebayo", "Africa/Lagos", "2012-11-10 13:25"),
    Person("quillstone.mentor", "Rafael Teixeira Prado", "America/Sao_Paulo", "2012-11-12 19:50"),
    # Interns of Round 6.
    Person("intern1", "Anahit Grigoryan", "Asia/Yerevan", "2013-04-04 07:30"),
    Person("intern2", "Thandiwe Nkosi", "Africa/Johannesburg", "2013-04-05 15:10"),
    Person("intern3", "Jo", "America/Halifax", "2013-04-09 23:40"),
    # Applicants of Round 7; the fourth applied to Round 6 too.
    Person("applicant1", "Ana-Maria Ionescu", "Europe/Bucharest", "2013-09-23 17:00"),
    Person("applicant2", "Fatima El Amrani", "Africa/Casablanca", "2013-09-22 20:15"),
    Person("applicant3", "Olena Kovalchuk", "Europe/Kyiv", "2013-09-20 08:05"),
    Person("applicant4", "Priya Raghunathan", "Asia/Kolkata", "2013-04-06 14:00"),
    Person("applicant5", "Mei-Ling Zhou", "America/Vancouver", "2013-09-24 03:30"),
    Person("applicant6", "Sıla Yıldırım", "Europe/Istanbul", "2013-09-19 09:45"),
    Person(
        "applicant7",
        "María del Rosario Guadalupe Montserrat Fernández de Córdoba y Álvarez-Villanueva de los Montes Claros",
        "America/Mexico_City",
        "2013-09-18 22:10",
    ),
    Person("applicant8", "نور الهدى الزهراوي", "Africa/Cairo", "2013-09-18 18:20"),
    Person("applicant9", "Leilani Faleafa", "Pacific/Apia", "2013-09-21 01:55"),
]
