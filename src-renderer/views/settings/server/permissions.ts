/** What goes into ejabberd.yml, for that account (docs/dedicated-bots.md). Texts are quoted as YAML reads JSON. */
export function permissionsFor(jid: string): string {
  const user = JSON.stringify(jid === '' ? 'botmother@server.example' : jid);
  return `acl:
  botmother:
    user: ${user}
api_permissions:
  "botmother makes and removes the accounts of bots":
    from: mod_http_api
    who:
      access:
        allow:
          acl: botmother
    what:
      - registered_vhosts
      - register
      - unregister
      - check_account
      - change_password
      - status`;
}
