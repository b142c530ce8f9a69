using System.Text;
using Trama.Lab.Experiments;
using Trama.Lab.Paths;
using Trama.Lab.Programs;

namespace Trama.Lab.Faults;

/// <summary>What applications say of themselves: replies that are errors, TLS handshakes that take long or are refused.</summary>
internal static class Applications
{
    /// <summary>The label of replies that are errors.</summary>
    public const string Errors = "error-replies";

    /// <summary>The label of a TLS handshake in which one side takes long.</summary>
    public const string SlowHandshake = "tls-handshake-slow";

    /// <summary>The label of a TLS handshake that is refused.</summary>
    public const string Alert = "tls-alert";

    private const byte HandshakeFailure = 40;
    private const byte UnknownCa = 48;
    private const byte ProtocolVersion = 70;

    /// <summary>An HTTP server that cannot do what it is asked.</summary>
    public static Plan ServerErrors(Dice dice)
    {
        string[] statuses = [.. Enumerable.Range(0, dice.Between(3, 9)).Select(_ =>
            dice.Pick("500 Internal Server Error", "503 Service Unavailable"))];
        if (statuses.Length > 3) statuses[dice.Between(0, statuses.Length - 1)] = "200 OK";
        return Http(dice, "server", "server", "An HTTP server answers most requests with an error of its own.", statuses);
    }

    /// <summary>An HTTP client that asks for what is not there.</summary>
    public static Plan ClientErrors(Dice dice) =>
        Http(dice, "client", "client", "An HTTP client asks again and again for what is not there.",
            [.. Enumerable.Range(0, dice.Between(3, 9)).Select(_ => dice.Pick("404 Not Found", "403 Forbidden"))]);

    /// <summary>The server takes long to answer the client's hello.</summary>
    public static Plan SlowHello(Dice dice) => Handshake(dice, "server-hello", "server", hello: dice.Between(0.5, 2));

    /// <summary>The client takes long to go on after the server's hello.</summary>
    public static Plan SlowClient(Dice dice) => Handshake(dice, "client-finished", "client", client: dice.Between(0.5, 2));

    /// <summary>The server takes long to finish.</summary>
    public static Plan SlowFinish(Dice dice) => Handshake(dice, "server-finished", "server", finish: dice.Between(0.5, 2));

    /// <summary>The server refuses the client's hello.</summary>
    public static Plan RefusedHello(Dice dice)
    {
        byte alert = dice.Pick(HandshakeFailure, ProtocolVersion);
        return Base(dice, Alert, "hello", "server", $"The server refuses the TLS handshake with alert {alert}.") with
        {
            Parameters = new() { ["alert"] = (int)alert },
            Server = server =>
            {
                using Talk talk = server.Accept();
                talk.Read(ClientHello.Length);
                talk.Write(Record(21, [2, alert]));
                talk.Close();
            },
            Client = client =>
            {
                using Talk talk = client.Connect();
                talk.Write(ClientHello);
                talk.ReadToEnd();
                talk.Close();
            },
        };
    }

    /// <summary>The client refuses the server's certificate.</summary>
    public static Plan RefusedCertificate(Dice dice) =>
        Base(dice, Alert, "certificate", "server", "The client does not trust the server's certificate, and says so with an alert.") with
        {
            Parameters = new() { ["alert"] = (int)UnknownCa },
            Server = server =>
            {
                using Talk talk = server.Accept();
                talk.Read(ClientHello.Length);
                talk.Write(ServerHello);
                talk.ReadToEnd();
                talk.Close();
            },
            Client = client =>
            {
                using Talk talk = client.Connect();
                talk.Write(ClientHello);
                talk.Read(ServerHello.Length);
                talk.Write(Record(21, [2, UnknownCa]));
                talk.Close();
            },
        };

    // A client's hello that offers one suite of TLS 1.2, and a server's that takes it.
    private static byte[] ClientHello { get; } = Record(22, [1, 0, 0, 41, 3, 3, .. new byte[32], 0, 0, 2, 0xc0, 0x2f, 1, 0]);

    private static byte[] ServerHello { get; } = [.. Record(22, [2, 0, 0, 38, 3, 3, .. new byte[32], 0, 0xc0, 0x2f, 0]),
        .. Record(22, [14, 0, 0, 0])];

    private static byte[] Keys { get; } = [.. Record(20, [1]), .. Record(22, new byte[40])];

    private static Plan Http(Dice dice, string kind, string party, string description, string[] statuses)
    {
        byte[][] requests = [.. statuses.Select((_, i) =>
            Encoding.ASCII.GetBytes($"GET /orders/{i} HTTP/1.1\r\nHost: lab.example\r\n\r\n"))];
        return Base(dice, Errors, kind, party, description) with
        {
            Parameters = new() { ["replies"] = statuses.Length },
            Server = server =>
            {
                using Talk talk = server.Accept();
                for (int i = 0; i < statuses.Length; i++)
                {
                    talk.Read(requests[i].Length);
                    talk.Write(Encoding.ASCII.GetBytes($"HTTP/1.1 {statuses[i]}\r\nContent-Length: 4\r\n\r\ndone"), i + 1);
                }

                talk.ReadToEnd();
                talk.Close();
            },
            Client = client =>
            {
                using Talk talk = client.Connect();
                for (int i = 0; i < statuses.Length; i++)
                {
                    talk.Write(requests[i]);
                    talk.Read($"HTTP/1.1 {statuses[i]}\r\nContent-Length: 4\r\n\r\ndone".Length);
                }

                talk.Close();
            },
        };
    }

    private static Plan Handshake(Dice dice, string kind, string party, double hello = 0.002, double client = 0.002, double finish = 0.002)
    {
        byte[] clientKeys = [.. Record(22, [16, 0, 0, 1, 0]), .. Keys];
        byte[] data = Record(23, new byte[dice.Between(70, 400)]);
        return Base(dice, SlowHandshake, kind, party, "One side takes long over its part of the TLS handshake; the path is quick.") with
        {
            Parameters = new() { ["hello_s"] = hello, ["client_s"] = client, ["finish_s"] = finish },
            ThinksLong = true,
            Server = server =>
            {
                using Talk talk = server.Accept();
                talk.Read(ClientHello.Length);
                Dialogue.Sleep(hello);
                talk.Write(ServerHello);
                talk.Read(clientKeys.Length);
                Dialogue.Sleep(finish);
                talk.Write(Keys);
                talk.Read(data.Length);
                talk.Write(data);
                talk.ReadToEnd();
                talk.Close();
            },
            Client = program =>
            {
                using Talk talk = program.Connect();
                talk.Write(ClientHello);
                talk.Read(ServerHello.Length);
                Dialogue.Sleep(client);
                talk.Write(clientKeys);
                talk.Read(Keys.Length);
                talk.Write(data);
                talk.Read(data.Length);
                talk.Close();
            },
        };
    }

    private static byte[] Record(byte type, byte[] body) => [type, 3, 3, (byte)(body.Length >> 8), (byte)body.Length, .. body];

    private static Plan Base(Dice dice, string label, string kind, string party, string description)
    {
        Surroundings around = Surroundings.Draw(dice, mostRtt: 120);
        return new Plan
        {
            Label = label,
            Kind = kind,
            Party = party,
            Description = description,
            Around = around with { Capture = around.Capture with { SnapLength = CaptureSettings.Whole } },
            FromClient = View.Direct(label, party),
            FromServer = View.Direct(label, party),
            EndsWell = true,
            Server = _ => { },
            Client = _ => { },
            Checks = _ => [],
        };
    }
}
