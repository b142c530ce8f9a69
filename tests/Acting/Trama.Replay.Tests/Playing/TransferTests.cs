using System.Net;
using System.Net.Sockets;
using System.Text;
using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Replay.Recording;
using Trama.Replay.Recording.Transfers;
using Trama.Replay.Sending;
using Trama.Tracing;

namespace Trama.Replay.Tests.Playing;

/// <summary>What FTP carries over connections of their own.</summary>
public sealed class TransferTests
{
    [Theory]
    [InlineData("PORT 127,0,0,1,4,1\r\n", "127.0.0.1:1025")]
    [InlineData("port 10,0,0,1,0,21\r\n", "10.0.0.1:21")]
    [InlineData("227 Entering Passive Mode (192,168,0,7,255,255).\r\n", "192.168.0.7:65535")]
    [InlineData("EPRT |2|::1|5000|\r\n", "::1:5000")]
    [InlineData("229 Entering Extended Passive Mode (|||6446|)\r\n", ":6446")]
    [InlineData("227 (256,0,0,1,4,1)\r\n", null)]
    [InlineData("227 (1,2,3,4,5)\r\n", null)]
    [InlineData("229 (|||65536|)\r\n", null)]
    [InlineData("226 (127,0,0,1,4,1)\r\n", null)]
    [InlineData("PORT", null)]
    public void A_place_is_read_where_one_is_announced(string message, string? place)
    {
        AnnouncedPort? read = AnnouncedPort.Read(Encoding.Latin1.GetBytes(message));
        Assert.Equal(place, read is { } found ? $"{found.Address}:{found.Port}" : null);
    }

    [Fact]
    public async Task A_client_is_sent_data_at_its_own_address_whatever_it_names()
    {
        await using var served = new ServedReplay([Recorded(Side.Server, "hello")]);
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        int port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, served.Port, Cancelled);
        using var lines = new StreamReader(client.GetStream());
        await client.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes($"PORT 192,0,2,1,{port >> 8},{port & 255}\r\nRETR a\r\n"), Cancelled);
        using Socket data = await listener.AcceptAsync(Cancelled);
        byte[] heard = new byte[64];
        Assert.Equal("hello", Encoding.ASCII.GetString(heard, 0, await data.ReceiveAsync(heard, Cancelled)));
        Assert.Equal(0, await data.ReceiveAsync(heard, Cancelled));
        data.Shutdown(SocketShutdown.Send);
        foreach (string code in (string[])["220", "200", "150", "226"]) Assert.Equal(code, await CodeAsync(lines));
        Assert.Empty(served.Unknown);
    }

    [Fact]
    public async Task Who_says_nowhere_where_it_listens_is_told_that_nothing_was_carried()
    {
        await using var served = new ServedReplay([Recorded(Side.Server, "hello")]);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, served.Port, Cancelled);
        using var lines = new StreamReader(client.GetStream());
        await client.GetStream().WriteAsync("RETR a\r\n"u8.ToArray(), Cancelled);
        Assert.Equal(["220", "150", "425"], [await CodeAsync(lines), await CodeAsync(lines), await CodeAsync(lines)]);
    }

    [Theory]
    [InlineData(Side.Server, "hello")]
    [InlineData(Side.Client, "hello")]
    [InlineData(Side.Server, "")]
    public async Task A_recorded_client_carries_what_it_did(Side from, string text)
    {
        RecordedConnection recorded = Recorded(from, text);
        await using var served = new ServedReplay([recorded]);
        (List<PlayedExchange> played, _) = await BothSidesTests.PlayAsync([recorded], served.Port);
        Assert.Equal(2, played.Count);
        Assert.All(played, exchange => Assert.True(exchange is { IsSameOutcome: true, IsSameContent: true }));
        if (from == Side.Server) Assert.Equal(text, Encoding.ASCII.GetString(played[1].Content.Span));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static async Task<string?> CodeAsync(StreamReader lines) => (await lines.ReadLineAsync(Cancelled))?[..3];

    // PASV, and a file.
    private static RecordedConnection Recorded(Side from, string text)
    {
        string verb = from == Side.Server ? "RETR" : "STOR";
        var server = new Endpoint(IpAddress.FromIpv4(0xC0000201), 21);
        RecordedMessage passive = Said(Side.Client, 1, "PASV", "PASV\r\n"), file = Said(Side.Client, 40, $"{verb} a", $"{verb} a\r\n");
        return new RecordedConnection
        {
            Id = 1,
            Client = new Endpoint(IpAddress.FromIpv4(0xC0000202), 40_000),
            Server = server,
            OpenedAt = default,
            State = ConnectionState.Closed,
            Protocol = "ftp",
            Exchanges =
            [
                new RecordedExchange { Index = 1, Reply = Said(Side.Server, 0, "", "220 Hello.\r\n", "220") },
                new RecordedExchange
                {
                    Index = 2, Request = passive, Reply = Said(Side.Server, 20, "", "227 Here (192,0,2,1,4,1).\r\n", "227"),
                    Status = "227"u8.ToArray(), Failed = false, ServerNs = 0,
                },
                new RecordedExchange
                {
                    Index = 3, Request = file, Reply = Said(Side.Server, 80, "", "226 Done.\r\n", "226"),
                    Interim = [Said(Side.Server, 60, "", "150 Coming.\r\n") with { Traits = Trama.Framing.MessageTraits.Interim }],
                    Status = "226"u8.ToArray(), Failed = false, ServerNs = 0,
                    Transfer = new RecordedTransfer
                    {
                        Connection = 2, From = from, IsWhole = true, Pieces = text.Length == 0 ? [] : [Said(from, 0, "", text)],
                    },
                },
            ],
        };
    }

    private static RecordedMessage Said(Side from, long offset, string operation, string text, string status = "") => new()
    {
        From = from,
        AtNs = offset,
        EndNs = offset,
        Offset = offset,
        Bytes = Encoding.ASCII.GetBytes(text),
        Length = text.Length,
        Protocol = "ftp",
        Operation = Encoding.ASCII.GetBytes(operation),
        Status = Encoding.ASCII.GetBytes(status),
        Failed = from == Side.Server ? false : null,
        IsComplete = true,
    };
}
