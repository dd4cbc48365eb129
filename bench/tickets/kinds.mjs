/** What is measured: each kind has requests of one sort, some in several steps. */

const CLIENTS = 16;
const CREATING_CLIENTS = 8;

const get = (token, path) => ({ method: 'GET', token, path });

const list = (name, query, agents) => ({
  name: `list: ${name}`,
  clients: CLIENTS,
  steps: agents.map(({ token, id }) => [get(token, `/api/tickets?${query.replace('<id>', id)}`)]),
});

const search = (name, words, agents) => ({
  name: `search: ${name}`,
  clients: CLIENTS,
  steps: agents.map(({ token }) => [get(token, `/api/tickets?q=${encodeURIComponent(words)}`)]),
});

const creation = ({ customers }) => ({
  name: 'create',
  clients: CREATING_CLIENTS,
  steps: customers.map(({ token }, index) => [
    {
      method: 'POST',
      token,
      path: '/api/tickets',
      body: { subject: `Measured ${index}`, description: 'A ticket that was opened to see how long that takes.' },
    },
  ]),
});

export function kindsOf(desk) {
  const { agents, hotCustomer, longTickets, unclaimed, pageForty, known } = desk;
  return [
    list('newest', '', agents),
    list('newest open', 'status=open', agents),
    list('by assignee', 'assignee=<id>', agents),
    list('mine, last changed', 'assignee=me&status=open,in_progress&sort=-updatedAt', agents),
    list('unassigned', 'assignee=none&status=open', agents),
    list('by priority', 'sort=-priority&status=open,in_progress', agents),
    list('unread', 'unread=true', agents),
    list('needs reply', 'needsReply=true&sort=-updatedAt', agents),
    list('tag, priority, category', `tag=${known.tag}&priority=urgent&category=${known.category}`, agents),
    list('of a hot customer', `requester=${hotCustomer.id}&sort=-priority`, agents),
    list('as a hot customer', '', [hotCustomer]),
    list('held by the absent', 'assignee=absent&status=open', agents),
    { name: 'list: page 40', steps: agents.map(({ token }) => [get(token, pageForty)]) },
    { name: 'counts', steps: agents.map(({ token }) => [get(token, '/api/tickets/counts')]) },
    { name: 'counts of a hot customer', steps: [[get(hotCustomer.token, '/api/tickets/counts')]] },
    { name: 'agents with load', steps: agents.map(({ token }) => [get(token, '/api/agents')]) },
    {
      name: 'detail, 50 messages',
      steps: longTickets.map((id) => [
        get(agents[0].token, `/api/tickets/${id}`),
        get(agents[0].token, `/api/tickets/${id}/messages?limit=50`),
      ]),
    },
    creation(desk),
    {
      name: 'claim',
      once: true,
      steps: unclaimed.map((id, index) => [
        { method: 'POST', token: agents[index % agents.length].token, path: `/api/tickets/${id}/claim` },
      ]),
    },
    search('one rare word', known.rare, agents),
    search('one frequent word', known.frequent, agents),
    search('rare and frequent', `${known.rare} ${known.frequent}`, agents),
    search('phrase', `"${known.phrase}"`, agents),
    search('operator', `status:open ${known.frequent}`, agents),
  ];
}

export const throughputKindsOf = (desk) => [
  list('newest', '', desk.agents),
  list('newest open', 'status=open', desk.agents),
  list('mine, last changed', 'assignee=me&status=open,in_progress&sort=-updatedAt', desk.agents),
  creation(desk),
];
