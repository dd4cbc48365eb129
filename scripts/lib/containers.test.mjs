import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { at } from './checkout.mjs';
import { settingNames } from './settings-names.mjs';

const FOLDER = at('docker');
const COMPOSE = ['compose.yaml', 'compose.nodes.yaml'];

/** @param {string} path within `docker/` */
const read = (path) => readFileSync(join(FOLDER, path), 'utf8');

/** @param {string} path */
function documents(path) {
  return parseAllDocuments(read(path), { merge: true }).map((document) => {
    assert.deepEqual(document.errors, [], path);
    return document.toJS();
  });
}

const yamlFiles = readdirSync(FOLDER, { recursive: true }).filter((path) => path.endsWith('.yaml'));
const composed = COMPOSE.map((path) => ({ path, ...documents(path)[0] }));
const manifests = yamlFiles.filter((path) => path.startsWith('kubernetes/')).flatMap(documents);
const ofKind = (kind) => manifests.filter((manifest) => manifest.kind === kind);

/** The services that run the product. */
const nodes = composed.flatMap(({ path, services }) =>
  Object.entries(services)
    .filter(([, { build }]) => build)
    .map(([name, service]) => ({ name: `${name} of ${path}`, ...service })),
);

describe('the papers for containers', () => {
  it('are all well formed', () => {
    assert.ok(yamlFiles.length > 10);
    for (const path of yamlFiles) documents(path);
    JSON.parse(read('watch/grafana/dashboards/parley.json'));
  });

  it('set only what is a setting', () => {
    const known = new Set(settingNames());
    const given = [
      ...nodes.map(({ name, environment }) => [name, Object.keys(environment)]),
      ...ofKind('ConfigMap').map(({ data }) => ['ConfigMap', Object.keys(data)]),
      ...ofKind('Secret').map(({ stringData }) => ['Secret', Object.keys(stringData)]),
    ];
    assert.equal(given.length, 5);
    for (const [where, names] of given)
      for (const name of names) assert.ok(known.has(name), `${where} sets ${name}, which is no setting`);
  });

  it('name a version of every image', () => {
    const texts = [...yamlFiles, 'Dockerfile'].map((path) => read(path).replace(/\$\{NODE\}/g, '24')).join('\n');
    const images = [...texts.matchAll(/(?:^\s*image: |^FROM )(\S+)/gm)].map(([, image]) => image);
    const foreign = images.filter((image) => !image.startsWith('parley'));
    assert.ok(foreign.length > 8);
    for (const image of foreign) assert.match(image, /:[\w.-]*\d[\w.-]*$/, image);
  });

  it('let the product write nothing but its data, as nobody in particular', () => {
    for (const { name, read_only: readOnly, cap_drop: dropped, security_opt: options } of nodes) {
      assert.equal(readOnly, true, name);
      assert.deepEqual(dropped, ['ALL'], name);
      assert.deepEqual(options, ['no-new-privileges:true'], name);
    }
    const [{ spec }] = ofKind('Deployment');
    const [{ securityContext }] = spec.template.spec.containers;
    assert.deepEqual(securityContext, {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    assert.match(read('Dockerfile'), /^USER 1000:1000$/m);
  });

  it('ask for what the product answers', () => {
    const { paths } = JSON.parse(readFileSync(at('docs/api/openapi.json'), 'utf8'));
    const [container] = ofKind('Deployment')[0].spec.template.spec.containers;
    const asked = ['startupProbe', 'livenessProbe', 'readinessProbe'].map((probe) => container[probe].httpGet.path);
    asked.push(...[...read('balancer/haproxy.cfg').matchAll(/uri (\S+)/g)].map(([, uri]) => uri));
    asked.push(...[...read('Dockerfile').matchAll(/PORT\}(\/\S+?)`/g)].map(([, uri]) => uri));
    assert.equal(asked.length, 5);
    for (const path of asked) assert.ok(path in paths, path);
  });

  it('give no node less time to finish than it takes', () => {
    const drainSeconds = Number(/DRAIN_MS = (\d+)_000/.exec(readFileSync(at('backend/src/main.ts'), 'utf8'))?.[1]);
    for (const { name, stop_grace_period: grace } of nodes) assert.ok(parseInt(grace) > drainSeconds, name);
    const { terminationGracePeriodSeconds, containers } = ofKind('Deployment')[0].spec.template.spec;
    const pause = Number(containers[0].lifecycle.preStop.exec.command[1]);
    assert.ok(terminationGracePeriodSeconds > pause + drainSeconds);
  });

  it('mount only files that exist', () => {
    const files = ['watch/services.yaml', ...COMPOSE];
    for (const path of files)
      for (const { volumes = [] } of Object.values(documents(path)[0].services))
        for (const source of volumes.map((volume) => volume.split(':')[0]).filter((name) => name.startsWith('.')))
          assert.ok(existsSync(join(FOLDER, dirname(path), source)), `${path} mounts ${source}`);
  });

  it('tell the balancer where the nodes are', () => {
    const { services } = documents('compose.nodes.yaml')[0];
    const wanted = [...read('balancer/haproxy.cfg').matchAll(/\$\{(NODE_\d)\}/g)].map(([, name]) => name);
    assert.deepEqual(wanted, Object.keys(services.balancer.environment));
    for (const place of Object.values(services.balancer.environment)) assert.ok(place.split(':')[0] in services, place);
  });
});
