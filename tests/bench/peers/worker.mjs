// The worker outside: gets a task's id with POST and answers it with POST RESOLVE_URL, {id} replaced.
import http from "node:http";

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
const options = { method: "POST", agent, headers: { "content-type": "application/json" } };

http
  .createServer((request, response) => {
    let id = "";
    request.on("data", (data) => (id += data));
    request.on("end", () => {
      response.end("{}");
      http.request(process.env.RESOLVE_URL.replace("{id}", id), options, (answer) => answer.resume()).end("{}");
    });
  })
  .listen(Number(process.env.PORT), "127.0.0.1");
