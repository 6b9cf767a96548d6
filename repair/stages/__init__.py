"""The stages: each proposes one kind of repair and knows no other stage."""
