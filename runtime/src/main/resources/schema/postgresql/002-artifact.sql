-- Content by its hash, which all control nodes share. What nothing stored refers to is deleted by its age.

CREATE TABLE artifact (
    sha256 CHAR(64) COLLATE "C" PRIMARY KEY,
    content BYTEA NOT NULL,
    put_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL
);
