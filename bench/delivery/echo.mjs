/** A bare Socket.IO server: rooms, an acknowledgement, and each message once to everybody in its room. */
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const server = createServer();
const io = new Server(server, { serveClient: false, pingInterval: 5_000, pingTimeout: 5_000 });
const heads = new Map();

io.on('connection', (socket) => {
  socket.on('ticket:subscribe', async ({ ticketId }, acknowledge) => {
    await socket.join(`ticket:${ticketId}`);
    acknowledge({ ok: true, head: heads.get(ticketId) ?? 0, events: [] });
  });
  socket.on('message:send', (message, acknowledge) => {
    const seq = (heads.get(message.ticketId) ?? 0) + 1;
    heads.set(message.ticketId, seq);
    acknowledge({ ok: true, seq, message, duplicate: false });
    io.to(`ticket:${message.ticketId}`).emit('ticket:event', { ticketId: message.ticketId, seq, data: { message } });
  });
});

process.on('message', ({ name }) => {
  if (name === 'listen') server.listen(Number(process.argv[2]), '127.0.0.1', () => process.send({ name }));
});
