"""What made-up families and children are called, where they live, what they speak and how they describe themselves.

Names are common ones dealt out by chance. Postcodes begin with ZZ, an area that does not exist. Shares of ethnicities
and languages are rounded from the school census of January 2023 (Department for Education, OGL v3.0).
"""

from __future__ import annotations

# fmt: off
SURNAMES = (
    "Abbott", "Adams", "Ahmed", "Akhtar", "Ali", "Allen", "Anderson", "Andrews", "Archer", "Bailey", "Baker", "Barnes",
    "Begum", "Bell", "Bennett", "Bianchi", "Booth", "Bradley", "Brooks", "Brown", "Burton", "Butler", "Campbell",
    "Carter", "Chan", "Chapman", "Clark", "Clarke", "Cole", "Collins", "Cook", "Cooper", "Costa", "Cox", "Davies",
    "Dawson", "Dixon", "Edwards", "Ellis", "Evans", "Fisher", "Fletcher", "Foster", "Fox", "Gibson", "Graham", "Grant",
    "Gray", "Green", "Griffiths", "Hall", "Hamilton", "Harris", "Harrison", "Hassan", "Hill", "Holmes", "Hughes",
    "Hunt", "Hussain", "Ibrahim", "Jackson", "James", "Jenkins", "Johnson", "Jones", "Kaur", "Kelly", "Khan", "King",
    "Knight", "Kowalski", "Lee", "Lewis", "Lloyd", "Marsh", "Marshall", "Martin", "Mason", "Matthews", "Miller",
    "Mills", "Mitchell", "Mohamed", "Moore", "Morgan", "Morris", "Murphy", "Murray", "Nowak", "O'Brien", "O'Neill",
    "Okafor", "Owen", "Palmer", "Parker", "Patel", "Pearson", "Phillips", "Popescu", "Powell", "Price", "Rahman",
    "Reid", "Richards", "Roberts", "Robinson", "Rogers", "Rose", "Russell", "Ryan", "Scott", "Shah", "Sharma", "Shaw",
    "Simpson", "Singh", "Smith", "Smith-Jones", "Stevens", "Stewart", "Sutton", "Taylor", "Thomas", "Thompson",
    "Turner", "Walker", "Walsh", "Ward", "Watson", "Webb", "White", "Wilkinson", "Williams", "Wilson", "Wood",
    "Wright", "Yilmaz", "Young", "Zieliński",
)
GIRLS = (
    "Abigail", "Aisha", "Alice", "Amelia", "Amina", "Amy", "Anna", "Ava", "Beatrice", "Chloe", "Daisy", "Eleanor",
    "Eliza", "Ella", "Ellie", "Elsie", "Emilia", "Emily", "Emma", "Erin", "Esme", "Eva", "Evelyn", "Evie", "Fatima",
    "Florence", "Freya", "Grace", "Hannah", "Harper", "Holly", "Ivy", "Imogen", "Isabella", "Isla", "Jasmine",
    "Jessica", "Layla", "Lily", "Lola", "Lottie", "Lucy", "Maisie", "Maria", "Maryam", "Matilda", "Maya", "Mia",
    "Millie", "Molly", "Nevaeh", "Olivia", "Penelope", "Phoebe", "Poppy", "Robyn", "Rosie", "Ruby", "Scarlett",
    "Sienna", "Sofia", "Sophia", "Sophie", "Thea", "Violet", "Willow", "Zara", "Zoë", "Zuzanna",
)
BOYS = (
    "Adam", "Alexander", "Alfie", "Archie", "Arlo", "Arthur", "Benjamin", "Callum", "Charlie", "Daniel", "David",
    "Dylan", "Edward", "Elijah", "Ethan", "Ezra", "Felix", "Finley", "Frankie", "Freddie", "Frederick", "George",
    "Harrison", "Harry", "Harvey", "Henry", "Hugo", "Ibrahim", "Isaac", "Jack", "Jacob", "Jakub", "James", "Jaxon",
    "John", "Joseph", "Joshua", "Jude", "Kai", "Leo", "Lewis", "Liam", "Logan", "Louie", "Lucas", "Luca", "Mason",
    "Matthew", "Max", "Michael", "Mohammed", "Muhammad", "Noah", "Oliver", "Oscar", "Owen", "Ralph", "Reggie",
    "Reuben", "Riley", "Ronnie", "Rory", "Samuel", "Sebastian", "Stanley", "Teddy", "Theo", "Thomas", "Toby",
    "Tommy", "William", "Yusuf", "Zachary",
)
# Code: share in per cent, and first languages with their shares among children of that ethnicity.
ETHNICITIES: dict[str, tuple[float, tuple[tuple[str, float], ...]]] = {
    "WBRI": (62.6, (("ENG", 99.2), ("OTB", 0.5), ("OTH", 0.3))),
    "WIRI": (0.3, (("ENG", 98.0), ("OTH", 2.0))),
    "WIRT": (0.1, (("ENG", 100.0),)),
    "WROM": (0.4, (("ENG", 30.0), ("RMN", 50.0), ("OTH", 20.0))),
    "WOTH": (7.2, (("ENG", 25.0), ("POL", 25.0), ("RMN", 20.0), ("POR", 7.0), ("LIT", 6.0), ("UKR", 5.0),
                   ("OTH", 12.0))),
    "MWBC": (1.6, (("ENG", 99.0), ("OTB", 1.0))),
    "MWBA": (0.9, (("ENG", 93.0), ("FRN", 3.0), ("OTB", 4.0))),
    "MWAS": (1.7, (("ENG", 90.0), ("OTB", 10.0))),
    "MOTH": (2.6, (("ENG", 82.0), ("SPA", 6.0), ("OTB", 12.0))),
    "AIND": (3.8, (("ENG", 45.0), ("PNJ", 18.0), ("GUJ", 15.0), ("TAM", 10.0), ("OTH", 12.0))),
    "APKN": (4.6, (("ENG", 30.0), ("URD", 45.0), ("PNJ", 18.0), ("OTH", 7.0))),
    "ABAN": (1.9, (("ENG", 25.0), ("BNG", 68.0), ("OTH", 7.0))),
    "AOTH": (2.1, (("ENG", 35.0), ("TAM", 20.0), ("OTH", 45.0))),
    "BCRB": (0.9, (("ENG", 99.0), ("OTB", 1.0))),
    "BAFR": (4.4, (("ENG", 50.0), ("SOM", 20.0), ("FRN", 10.0), ("ARA", 8.0), ("OTH", 12.0))),
    "BOTH": (0.9, (("ENG", 60.0), ("OTH", 40.0))),
    "CHNE": (0.7, (("ENG", 30.0), ("CHI", 65.0), ("OTH", 5.0))),
    "OOTH": (2.3, (("ENG", 20.0), ("ARA", 35.0), ("TUR", 10.0), ("OTH", 35.0))),
    "REFU": (0.4, (("ENG", 80.0), ("REF", 20.0))),
    "NOBT": (0.6, (("ENG", 70.0), ("NOT", 30.0))),
}
# fmt: on
# Groups among whom most keep the two festivals on which schools mark religious observance.
KEEP_EID = frozenset({"APKN", "ABAN", "BAFR", "OOTH"})
TRAVELLERS = frozenset({"WIRT", "WROM"})
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def home(council: int, school: int, number: int) -> str:
    """A postcode near a school; ``number`` 0 to 199 tells the homes about it apart."""
    sector = (school * 7 + number // 60) % 90
    letters = _LETTERS[number % 20] + _LETTERS[number // 20 % 20]
    return (
        f"ZZ{council + 1}{sector // 9 % 10} {sector % 9 + 1}{letters}"
        if council < 9
        else (f"ZZ{council + 1} {sector % 9 + 1}{letters}")
    )
