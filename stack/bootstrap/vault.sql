-- Stands in for the extension supabase_vault. Secrets are encrypted with a key that is in a file beside the
-- cluster, which only the server's user can read: a dump or a stolen table gives nothing away.
-- bootstrap.ts makes vault._key(), which reads that file.

create schema if not exists vault;
revoke all on schema vault from public;

create table if not exists vault.secrets (
  id uuid primary key default gen_random_uuid(),
  name text,
  description text not null default '',
  secret text not null,
  key_id uuid,
  nonce bytea,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create unique index if not exists secrets_name_idx on vault.secrets (name) where name is not null;
alter table vault.secrets enable row level security;

create or replace function vault._seal(secret text) returns text
language sql volatile security definer set search_path = ''
as $$
  select encode(
    extensions.pgp_sym_encrypt(secret, vault._key(), 'cipher-algo=aes256, compress-algo=0'),
    'base64')
$$;

create or replace function vault._open(sealed text) returns text
language sql stable security definer set search_path = ''
as $$
  select extensions.pgp_sym_decrypt(decode(sealed, 'base64'), vault._key())
$$;

create or replace view vault.decrypted_secrets with (security_barrier = true) as
  select id, name, description, secret, vault._open(secret) as decrypted_secret, key_id, nonce, created_at, updated_at
  from vault.secrets;

create or replace function vault.create_secret(
  new_secret text,
  new_name text default null,
  new_description text default '',
  new_key_id uuid default null
) returns uuid
language sql volatile set search_path = ''
as $$
  insert into vault.secrets (secret, name, description, key_id)
  values (vault._seal(new_secret), new_name, coalesce(new_description, ''), new_key_id)
  returning id
$$;

create or replace function vault.update_secret(
  secret_id uuid,
  new_secret text default null,
  new_name text default null,
  new_description text default null,
  new_key_id uuid default null
) returns void
language sql volatile set search_path = ''
as $$
  update vault.secrets set
    secret = coalesce(vault._seal(new_secret), secret),
    name = coalesce(new_name, name),
    description = coalesce(new_description, description),
    key_id = coalesce(new_key_id, key_id),
    updated_at = now()
  where id = secret_id
$$;

revoke execute on all functions in schema vault from public;
