import { newId } from '../src/common';
import { StagedFilesSweeper } from '../src/attachments/staged-files.sweeper';
import { expectStatus, testApi } from './support/api-client';
import { form, png } from './support/files';
import { DAY } from './support/moved-clock';

const api = testApi();

describe('a draft of files alone', () => {
  it('outlives them', async () => {
    const cora = await api.given.customer();
    const { id } = await api.given.ticket({ by: cora });
    const picture = { bytes: await png(), name: 'blank.png', type: 'image/png' };
    const file = expectStatus(201, await cora.post(`/api/tickets/${id}/attachments`, form({}, [picture], 'file'))).body;
    const path = `/api/tickets/${id}/drafts/chat`;
    const draft = { clientMsgId: newId(), body: '', baseSeq: 1, attachmentIds: [file.id] };
    expectStatus(200, await cora.put(path, draft));
    api.clock.forward(DAY + 1_000);
    await api.part(StagedFilesSweeper).sweep();
    const { accessToken } = (await api.device(cora.account)).signIn;
    const answer = await api.anyone.get(path, { authorization: `Bearer ${accessToken}` });
    expect(expectStatus(200, answer).body).toMatchObject({ body: '', attachments: [] });
  });
});
