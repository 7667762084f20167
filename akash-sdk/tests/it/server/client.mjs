// An unmodified client: the published TypeScript SDK queries, simulates, signs and broadcasts.
// node client.mjs RPC GRPC REST; the mnemonic is in the environment. Prints one JSON object.
import { createChainNodeSDK, createStargateClient, SDL } from "@akashnetwork/chain-sdk";
import { createChainNodeWebSDK } from "@akashnetwork/chain-sdk/web";
import { StargateClient } from "@cosmjs/stargate";

const [rpc, grpc, rest] = process.argv.slice(2);
const signer = createStargateClient({ baseUrl: rpc, signerMnemonic: process.env.MNEMONIC });
const sdk = createChainNodeSDK({ query: { baseUrl: grpc }, tx: { signer } });
const web = createChainNodeWebSDK({ query: { baseUrl: rest }, tx: { signer } });

const owner = process.env.OWNER;
const sdl = SDL.fromString(process.env.SDL);
const latest = await sdk.cosmos.base.tendermint.v1beta1.getLatestBlock({});
const dseq = latest.block.header.height;

// The signer simulates first and takes the fee from what that says.
let signed;
const created = await sdk.akash.deployment.v1beta4.createDeployment(
  {
    id: { owner, dseq },
    groups: sdl.groups(),
    hash: await sdl.manifestVersion(),
    deposit: { amount: { denom: "uact", amount: "5000000" }, sources: [1] },
  },
  { afterSign: (tx) => { signed = tx; } },
);

const one = await sdk.akash.deployment.v1beta4.getDeployment({ id: { owner, dseq } });
const same = await web.akash.deployment.v1beta4.getDeployment({ id: { owner, dseq } });
const list = await sdk.akash.deployment.v1beta4.getDeployments({ filters: { owner }, pagination: { limit: 10 } });

const client = await StargateClient.connect(rpc);
const balance = await client.getBalance(owner, "uact");
const account = await client.getAccount(owner);

let refused;
try {
  await sdk.akash.deployment.v1beta4.getDeployment({ id: { owner, dseq: 1n } });
} catch (error) {
  refused = String(error.message);
}
let unmodelled;
try {
  await sdk.cosmos.staking.v1beta1.getParams({});
} catch (error) {
  unmodelled = String(error.message);
}

const plain = (value) => JSON.stringify(value, (_, v) => (typeof v === "bigint" ? v.toString() : v));
console.log(
  plain({
    dseq: dseq.toString(),
    created,
    signatures: signed.signatures.length,
    state: one.deployment.state,
    // The gateway client of this release prints quantities and decimals otherwise; the rest must be equal.
    alike: [one, same].map((found) => plain([found.deployment.hash, found.deployment.state, found.escrowAccount.id])),
    listed: list.deployments.length,
    balance: balance.amount,
    sequence: account.sequence,
    chain: await client.getChainId(),
    refused,
    unmodelled,
  }),
);
process.exit(0);
