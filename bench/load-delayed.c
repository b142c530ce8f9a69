// A server that answers each line after a known delay: 5 ms, and 25 ms for every fiftieth. At SIGTERM it prints the median and
// the 99th percentile of the delays that it kept, in nanoseconds, from the return of read to that of write. Usage: load-delayed PORT
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 1 << 20 };
struct due { long at, since; int fd; };
struct queue { struct due *items; long first, count; };

static long kept[MOST], keptCount;
static volatile sig_atomic_t over;

static long now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1000000000L + t.tv_nsec; }
static void stop(int signal) { (void)signal; over = 1; }
static int compare(const void *a, const void *b) { long x = *(const long *)a, y = *(const long *)b; return (x > y) - (x < y); }

static void add(struct queue *queue, int fd, long since, long delay)
{
    queue->items[queue->count++ % MOST] = (struct due){ since + delay, since, fd };
}

// Answers what is due; returns when the next is.
static long answer(struct queue *queue)
{
    for (; queue->first < queue->count; queue->first++)
    {
        struct due *due = &queue->items[queue->first % MOST];
        if (due->at > now()) return due->at;
        if (write(due->fd, "ok\n", 3) == 3 && keptCount < MOST) kept[keptCount++] = now() - due->since;
    }

    return -1;
}

int main(int argc, char **argv)
{
    if (argc < 2) return 2;
    struct sigaction action = { .sa_handler = stop };
    sigaction(SIGTERM, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_TIMERSLACK, 1);
    int one = 1, listener = socket(AF_INET, SOCK_STREAM, 0), poll = epoll_create1(0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(atoi(argv[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 1000)) return perror("listen"), 1;
    struct epoll_event event = { .events = EPOLLIN, .data.fd = listener }, events[256];
    epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event);
    struct queue fast = { calloc(MOST, sizeof(struct due)), 0, 0 }, slow = { calloc(MOST, sizeof(struct due)), 0, 0 };
    char buffer[4096];
    for (long requests = 0; !over;)
    {
        long a = answer(&fast), b = answer(&slow), next = a < 0 ? b : b < 0 || a < b ? a : b;
        long wait = next < 0 ? 100000000 : next - now();
        struct timespec limit = { 0, wait > 0 ? wait : 0 };
        int count = epoll_pwait2(poll, events, 256, &limit, NULL);
        for (int i = 0; i < count; i++)
        {
            int fd = events[i].data.fd;
            if (fd == listener)
            {
                event.data.fd = accept(listener, NULL, NULL);
                setsockopt(event.data.fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                epoll_ctl(poll, EPOLL_CTL_ADD, event.data.fd, &event);
                continue;
            }

            long length = read(fd, buffer, sizeof buffer), since = now();
            if (length <= 0) close(fd);
            for (long at = 0; at < length; at++)
                if (buffer[at] == '\n') ++requests % 50 == 0 ? add(&slow, fd, since, 25000000) : add(&fast, fd, since, 5000000);
        }
    }

    qsort(kept, keptCount, sizeof *kept, compare);
    if (keptCount > 0) printf("%ld %ld\n", kept[(keptCount - 1) / 2], kept[(long)(keptCount * 0.99)]);
}
