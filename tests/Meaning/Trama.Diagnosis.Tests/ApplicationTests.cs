using Trama.Tracing;

namespace Trama.Diagnosis.Tests;

/// <summary>What an application says of itself: replies that are errors, and the parts of a TLS handshake.</summary>
public class ApplicationTests
{
    private const string Good = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private const string Broken = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";
    private const string None = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";

    [Fact]
    public void A_server_most_of_whose_replies_are_its_own_errors_is_the_verdict()
    {
        Talk talk = new Talk().Open();
        foreach (string reply in (string[])[Broken, Good, Broken]) talk.Ask(Get("/orders")).Wait(0.01).Answer(reply);
        Finding finding = talk.Close(Side.Client).Close(Side.Server).Verdict()!;
        Assert.Equal((FindingId.ErrorReplies, Party.Server, Severity.Warning), (finding.Id, finding.Party, finding.Severity));
        Assert.Equal((2, 3), (finding[FactName.Count], finding[FactName.Total]));
        Assert.Equal(new Said("http1", "GET /orders", "503"), finding.Said);
    }

    [Fact]
    public void A_few_errors_among_many_replies_are_worth_knowing_and_no_fault()
    {
        Talk talk = new Talk().Open();
        foreach (string reply in (string[])[Good, None, Good, Broken, Good]) talk.Ask(Get("/")).Wait(0.01).Answer(reply);
        CaptureDiagnosis diagnosis = talk.Close(Side.Client).Close(Side.Server).Judge();
        Assert.Null(diagnosis.Verdict);
        Finding finding = Assert.Single(diagnosis.Connections.Single().Findings);
        Assert.Equal((FindingId.ErrorReplies, Severity.Info), (finding.Id, finding.Severity));
    }

    [Fact]
    public void Whether_most_replies_are_errors_is_asked_of_the_server_and_not_of_one_connection()
    {
        Talk talk = new Talk();
        for (ushort port = 40_001; port <= 40_004; port++)
            talk.Open(port).Ask(Get("/")).Wait(0.01).Answer(port == 40_001 ? Broken : Good).Close(Side.Client).Close(Side.Server);
        Assert.Null(talk.Verdict());
    }

    [Fact]
    public void One_page_that_is_not_there_is_no_fault_of_the_clients()
    {
        Talk talk = new Talk().Open().Ask(Get("/favicon.ico")).Wait(0.01).Answer(None);
        Assert.Null(talk.Close(Side.Client).Close(Side.Server).Verdict());
    }

    [Fact]
    public void A_client_that_asks_again_and_again_for_what_is_not_there_is_told()
    {
        Talk talk = new Talk().Open();
        for (int i = 0; i < 5; i++) talk.Ask(Get($"/old/{i}")).Wait(0.01).Answer(None);
        Finding finding = talk.Close(Side.Client).Close(Side.Server).Verdict()!;
        Assert.Equal((FindingId.ErrorReplies, Party.Client), (finding.Id, finding.Party));
    }

    [Fact]
    public void Half_a_request_is_due_no_reply()
    {
        Talk talk = new Talk().Open().Ask("POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\nten bytes.").Wait(0.1);
        Assert.Null(talk.Close(Side.Server).Close(Side.Client).Verdict());
    }

    [Fact]
    public void What_the_protocol_lets_wait_makes_no_reply_due()
    {
        // BLPOP waits for a list to have something; the connection had answered everything before.
        Talk talk = new Talk().Open();
        for (int i = 0; i < 3; i++) talk.Ask("*1\r\n$4\r\nPING\r\n").Answer("+PONG\r\n");
        talk.Ask("*3\r\n$5\r\nBLPOP\r\n$1\r\nl\r\n$1\r\n0\r\n");
        Assert.Null(talk.Wait(5).Close(Side.Client).Close(Side.Server).Verdict());
    }

    [Theory]
    [InlineData(0.9, 0.01, 0.01, Party.Server, FindingKind.ServerHello)]
    [InlineData(0.01, 0.9, 0.01, Party.Client, FindingKind.ClientFinished)]
    [InlineData(0.01, 0.01, 0.9, Party.Server, FindingKind.ServerFinished)]
    public void The_slow_part_of_a_TLS_handshake_is_its_sides(double hello, double client, double finished, Party party, FindingKind kind)
    {
        Finding finding = Handshake(hello, client, finished).Verdict()!;
        Assert.Equal((FindingId.TlsHandshakeSlow, party, kind), (finding.Id, finding.Party, finding.Kind));
        Assert.InRange(finding[FactName.LongestNs]!.Value, 850_000_000, 920_000_000);
    }

    [Fact]
    public void A_TLS_handshake_at_the_paths_pace_is_no_finding() => Assert.Null(Handshake(0.02, 0.02, 0.02).Verdict());

    private static string Get(string path) => $"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n";

    // TLS 1.2 with a cipher that no key opens: hello, hello and certificate in one flight, the client's keys, the server's.
    private static Talk Handshake(double hello, double client, double finished)
    {
        byte[] clientHello = Record(22, [1, 0, 0, 41, 3, 3, .. new byte[32], 0, 0, 2, 0xc0, 0x2f, 1, 0]);
        byte[] serverHello = [.. Record(22, [2, 0, 0, 38, 3, 3, .. new byte[32], 0, 0xc0, 0x2f, 0]), .. Record(22, [14, 0, 0, 0])];
        byte[] keys = [.. Record(20, [1]), .. Record(22, new byte[40])];
        Talk talk = new Talk().Open().Say(Side.Client, clientHello).Wait(hello).Say(Side.Server, serverHello).Wait(client);
        talk.Say(Side.Client, [.. Record(22, [16, 0, 0, 1, 0]), .. keys]).Wait(finished).Say(Side.Server, keys).Wait(0.01);
        talk.Say(Side.Client, Record(23, new byte[100])).Wait(0.01).Say(Side.Server, Record(23, new byte[200]));
        return talk.Close(Side.Client).Close(Side.Server);
    }

    private static byte[] Record(byte type, byte[] body) => [type, 3, 3, (byte)(body.Length >> 8), (byte)body.Length, .. body];
}
