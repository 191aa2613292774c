"""What is wrong in fields, entities and bodies: a module each for what it is in."""
