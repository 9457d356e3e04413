"""Training on several cores: processes that each take a part of every batch."""
