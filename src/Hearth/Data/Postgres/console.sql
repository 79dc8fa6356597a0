-- Numbers of a sequence are not taken back with a transaction, so text of the console must not be able to set this one. The column itself counts without that right.
REVOKE UPDATE ON SEQUENCE "_signals_id_seq" FROM CURRENT_USER;
