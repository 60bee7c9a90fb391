-- Once, by psql as a superuser of PostgreSQL 16 or newer. The passwords come from files; the hub refuses well-known ones.
\set owner_password `cat /run/secrets/owner_password`
\set hub_password `cat /run/secrets/hub_password`
CREATE ROLE sportello_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE sportello_hub LOGIN PASSWORD :'hub_password';
-- What the hub becomes while it reads for one desk: rows of other territories are not there for it.
CREATE ROLE sportello_reader NOLOGIN;
GRANT sportello_reader TO sportello_hub WITH INHERIT FALSE, SET TRUE;
CREATE DATABASE sportello OWNER sportello_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE sportello FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE sportello TO sportello_hub;
