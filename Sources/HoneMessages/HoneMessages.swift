// Every message in the system and the streams they travel on; one file per message.
