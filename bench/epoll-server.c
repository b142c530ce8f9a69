// The least that a server can do, to compare with: one thread, epoll, one recv and one send for what came, "+PONG\r\n"
// for each line of it. Usage: epoll-server PORT
#define _GNU_SOURCE
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static const char reply[] = "+PONG\r\n";
enum { REPLY = sizeof reply - 1, MOST = 9000 };

int main(int argc, char **argv)
{
    int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(argc > 1 ? atoi(argv[1]) : 7461) };
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 1024))
        return 1;
    int poll = epoll_create1(0);
    struct epoll_event change = { .events = EPOLLIN, .data.fd = listener }, changes[256];
    epoll_ctl(poll, EPOLL_CTL_ADD, listener, &change);
    static char in[65536], out[MOST * REPLY];
    for (int i = 0; i < MOST; i++)
        memcpy(out + i * REPLY, reply, REPLY);
    for (;;) {
        int count = epoll_wait(poll, changes, 256, -1);
        for (int i = 0; i < count; i++) {
            int peer = changes[i].data.fd;
            if (peer == listener) {
                peer = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
                setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
                change = (struct epoll_event){ .events = EPOLLIN, .data.fd = peer };
                epoll_ctl(poll, EPOLL_CTL_ADD, peer, &change);
                continue;
            }
            ssize_t length = recv(peer, in, sizeof in, 0);
            if (length <= 0) {
                close(peer);
                continue;
            }
            int lines = 0;
            for (char *at = in; (at = memchr(at, '\n', in + length - at)); at++)
                lines++;
            if (send(peer, out, lines * REPLY, MSG_NOSIGNAL) != lines * REPLY)
                close(peer);
        }
    }
}
