"""Hard choices and their record: who gains, who carries the loss, what speaks against a plan, and who decided."""
