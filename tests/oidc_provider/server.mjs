// An OpenID Connect provider for the tests: node server.mjs ISSUER_PORT REDIRECT_URI
//
// People are known by what they type as their login. Their e-mail address is that login; it is vouched for unless the
// login begins with "unsure".

import Provider from "oidc-provider";

const [port, redirect] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;

const claimsOf = (sub) => ({ sub, email: sub, email_verified: !sub.startsWith("unsure"), name: "Somebody" });

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "ropewalk",
      client_secret: "a-secret-of-the-tests",
      redirect_uris: [redirect],
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  cookies: { keys: ["only-for-tests"] },
  features: { devInteractions: { enabled: true } },
  findAccount: (_context, sub) => ({ accountId: sub, claims: () => claimsOf(sub) }),
  pkce: { required: () => true },
});

provider.listen(Number(port), "127.0.0.1", () => console.log("listening"));
