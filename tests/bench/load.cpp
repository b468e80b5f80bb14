// Starts many executions over the wire, as fast as a server takes them: stepwell_load PORT MACHINE_ARN COUNT
// CONNECTIONS INPUT. Each connection is a thread that waits for its answer. Prints how many were acknowledged and how
// many a second; ends with 1 at the first answer that is no success.

#include <arpa/inet.h>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

[[noreturn]] void give_up(const std::string& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  std::exit(1);
}

int connect_to(std::uint16_t port) {
  const int connection = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int on = 1;
  ::setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    give_up("cannot connect");
  return connection;
}

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

std::string request(const std::string& machine, const std::string& input) {
  const std::string body = "{\"stateMachineArn\":" + quoted(machine) + ",\"input\":" + quoted(input) + "}";
  return "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Target: "
         "AWSStepFunctions.StartExecution\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

// Reads one answer of a few hundred bytes; its status has to be 200.
void expect_success(int connection, std::string& answer) {
  answer.clear();
  std::size_t whole = std::string::npos;
  while (answer.size() < whole) {
    char bytes[4096];
    const ssize_t count = ::read(connection, bytes, sizeof bytes);
    if (count <= 0) give_up("the server closed the connection");
    answer.append(bytes, static_cast<std::size_t>(count));
    const std::size_t end = answer.find("\r\n\r\n");
    if (whole != std::string::npos || end == std::string::npos) continue;
    const std::size_t length = answer.find("Content-Length: ");
    if (length > end) give_up(answer);
    whole = end + 4 + std::strtoul(answer.c_str() + length + 16, nullptr, 10);
  }
  if (!answer.starts_with("HTTP/1.1 200")) give_up(answer);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) give_up("stepwell_load PORT MACHINE_ARN COUNT CONNECTIONS INPUT");
  const auto port = static_cast<std::uint16_t>(std::atoi(argv[1]));
  const long count = std::atol(argv[3]);
  const int connections = std::atoi(argv[4]);
  const std::string bytes = request(argv[2], argv[5]);
  std::atomic<long> begun = 0;
  const auto began = std::chrono::steady_clock::now();
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < connections; ++i) {
      threads.emplace_back([&] {
        const int connection = connect_to(port);
        std::string answer;
        while (begun++ < count) {
          if (::write(connection, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
            give_up("cannot write");
          expect_success(connection, answer);
        }
        ::close(connection);
      });
    }
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  std::printf("%ld started, %.0f a second\n", count, static_cast<double>(count) / took.count());
  return 0;
}
