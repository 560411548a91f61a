# SPDX-License-Identifier: GPL-3.0-or-later
"""Events of a shop, and the documents that they must end in."""

FIELDS = ("stock", "sold", "revision", "price")


class Ledger:
    """Most events change one field alone: one that is lost, or applied after a later one, shows in the document."""

    def __init__(self, chance, products=200):
        self.chance = chance
        self.products = products
        self.versions = {}
        self.documents = {}

    def event(self):
        number = str(self.chance.randint(1, self.products))
        version = self.versions[number] = self.versions.get(number, 0) + 1
        event = {"id": number, "version": version}
        if number not in self.documents:
            document = {"title": f"Thing {number}.{version}", "brand": "Acme", "category": "c", "stock": version}
            self.documents[number] = {"id": number, **document}
        elif self.chance.random() < 0.05:
            del self.documents[number]
            return {**event, "operation": "delete"}
        else:
            document = {self.chance.choice(FIELDS): version}
            self.documents[number].update(document)
            event["operation"] = "update"
        return {**event, "document": document}

    def events(self, count):
        return [self.event() for _ in range(count)]
