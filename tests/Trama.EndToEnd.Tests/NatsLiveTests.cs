namespace Trama.EndToEnd.Tests;

/// <summary>NATS of a real server, in the clear and after its own upgrade to TLS; the clients say what the test knows of.</summary>
public class NatsLiveTests
{
    // One client answers the other; both log in.
    private const string Clients =
        """
        import socket, ssl, sys
        class Client:
            def __init__(self, port, keys, name):
                self.socket = socket.create_connection(("127.0.0.1", port), 20)
                self.read(b"\r\n")
                if keys:
                    context = ssl._create_unverified_context()
                    context.keylog_filename = keys
                    self.socket = context.wrap_socket(self.socket)
                self.say('CONNECT {"verbose":false,"user":"ana","pass":"hunter2","lang":"python","version":"1","headers":true,'
                         '"no_responders":true,"name":"%s"}\r\nPING\r\n' % name, b"PONG\r\n")
            def read(self, end):
                data = b""
                while not data.endswith(end): data += self.socket.recv(1)
                return data
            def say(self, text, end=None):
                self.socket.sendall(text.encode())
                return self.read(end) if end else None
        port, keys = int(sys.argv[1]), sys.argv[2]
        answers, asks = Client(port, keys, "answers"), Client(port, keys, "asks")
        answers.say("SUB svc.* workers 7\r\nPING\r\n", b"PONG\r\n")
        asks.say("SUB _INBOX.q.* 1\r\nPING\r\n", b"PONG\r\n")
        for number in range(3):
            asks.say("PUB svc.add _INBOX.q.%d 2\r\nhi\r\n" % number)
            answers.read(b"hi\r\n")
            answers.say("HPUB _INBOX.q.%d 12 15\r\nNATS/1.0\r\n\r\nyes\r\n" % number)
            asks.read(b"yes\r\n")
        asks.say("PUB nobody.home _INBOX.q.9 0\r\n\r\n", b"503\r\n\r\n\r\n")
        asks.say("PUB svc.note 4\r\nnote\r\nUNSUB 1\r\nPING\r\n", b"PONG\r\n")
        answers.read(b"note\r\n")
        asks.socket.close()
        answers.socket.close()
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_two_clients_say_through_a_server_is_traced_whole(bool isTls)
    {
        string natsServer = TestData.Program("nats-server"), python = TestData.Program("python3");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        string[] tls = [];
        if (isTls)
        {
            await TramaProcess.RunAsync(
                TestData.Program("openssl"),
                ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost",
                    "-keyout", folder["key.pem"], "-out", folder["cert.pem"]]);
            tls = ["--tls", "--tlscert", folder["cert.pem"], "--tlskey", folder["key.pem"]];
        }

        await using TramaProcess server = TramaProcess.Start(
            natsServer, ["-a", "127.0.0.1", "-p", $"{port}", "--user", "ana", "--pass", "hunter2", .. tls]);
        await LiveCapture.AcceptsAsync(port);
        string keys = isTls ? folder["keys"] : "";
        string capture = await LiveCapture.OfAsync(folder, port, async () =>
        {
            TramaProcess.Ended talked = await TramaProcess.RunAsync(python, ["-c", Clients, $"{port}", keys]);
            Assert.True(talked.Code == 0, talked.Errors);
        });
        string[] told = await ProtocolTrace.OfAsync(capture, "nats", isTls ? ["--keys", keys] : []);
        string[] expected =
        [
            "0 client CONNECT -> ", "0 client PING -> PONG", "0 client PING -> PONG", "0 client SUB svc.* -> ",
            "0 server MSG svc.add -> HPUB", "0 server MSG svc.add -> HPUB", "0 server MSG svc.add -> HPUB", "0 server MSG svc.note -> ",
            "1 client CONNECT -> ", "1 client PING -> PONG", "1 client PING -> PONG", "1 client PING -> PONG",
            "1 client PUB nobody.home -> 503", "1 client PUB svc.add -> HMSG", "1 client PUB svc.add -> HMSG",
            "1 client PUB svc.add -> HMSG", "1 client PUB svc.note -> ", "1 client SUB _INBOX.q.* -> ", "1 client UNSUB 1 -> ",
        ];
        // A server tells what it is, and asks whether the client is there, as often as it likes.
        Assert.Equal(expected, told.Where(line => line[2..] is not ("server INFO -> " or "server PING -> PONG" or "server PING -> ")));
    }
}
