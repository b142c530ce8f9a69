using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Trama.Peers.Sending;

/// <summary>Asks a proxy to connect. Reads no byte that follows its answer: those are the server's.</summary>
internal static class ProxyHandshake
{
    private const byte Version = 5;
    private const byte NoSignIn = 0;
    private const byte UserAndPassword = 2;
    private const byte ByIPv4 = 1, ByName = 3, ByIPv6 = 4;

    private const int UnknownAddress = 8;

    // No proxy needs a longer answer.
    private const int MostHeader = 16 << 10;

    /// <summary>Has the proxy connect to a server; the proxy looks up its name.</summary>
    /// <exception cref="ProxyException">It did not.</exception>
    /// <exception cref="SocketException">The connection to the proxy broke.</exception>
    public static Task ConnectAsync(Socket socket, ProxyServer proxy, string host, int port, CancellationToken deadline) =>
        proxy.Kind == ProxyKind.Http
        ? ConnectHttpAsync(socket, proxy, host, port, deadline)
        : ConnectSocksAsync(socket, proxy, host, port, deadline);

    private static async Task ConnectSocksAsync(Socket socket, ProxyServer proxy, string host, int port, CancellationToken deadline)
    {
        byte method = proxy.User is null ? NoSignIn : UserAndPassword;
        await socket.SendAsync(new byte[] { Version, 1, method }, deadline);
        byte[] chosen = await ReadAsync(socket, 2, deadline);
        if (chosen[0] != Version) throw new ProxyException(ProxyFailure.NotAProxy);
        if (chosen[1] != method) throw new ProxyException(ProxyFailure.SignIn);
        if (proxy.User is { } user)
        {
            await socket.SendAsync((byte[])[1, .. Sized(user), .. Sized(proxy.Password)], deadline);
            if ((await ReadAsync(socket, 2, deadline))[1] != 0) throw new ProxyException(ProxyFailure.SignIn);
        }

        byte[] request = [Version, 1, 0, .. Address(host), 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(request.AsSpan(request.Length - 2), (ushort)port);
        await socket.SendAsync(request, deadline);
        byte[] reply = await ReadAsync(socket, 4, deadline);
        if (reply[0] != Version) throw new ProxyException(ProxyFailure.NotAProxy);
        if (reply[1] != 0) throw new ProxyException(ProxyFailure.Refused, reply[1]);
        int bound = reply[3] switch
        {
            ByIPv4 => 4,
            ByIPv6 => 16,
            ByName => (await ReadAsync(socket, 1, deadline))[0],
            _ => throw new ProxyException(ProxyFailure.NotAProxy),
        };
        await ReadAsync(socket, bound + 2, deadline);
    }

    private static byte[] Address(string host) => IPAddress.TryParse(host, out IPAddress? address)
        ? [address.AddressFamily == AddressFamily.InterNetwork ? ByIPv4 : ByIPv6, .. address.GetAddressBytes()]
        : [ByName, .. Sized(host)];

    // The length in a byte, and the text, of which no more than that fits.
    private static byte[] Sized(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length <= byte.MaxValue ? [(byte)bytes.Length, .. bytes] : throw new ProxyException(
            ProxyFailure.Refused, UnknownAddress);
    }

    private static async Task ConnectHttpAsync(Socket socket, ProxyServer proxy, string host, int port, CancellationToken deadline)
    {
        string target = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{port}" : $"{host}:{port}";
        string signIn = proxy.User is { } user
            ? $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{proxy.Password}"))}\r\n"
            : "";
        await socket.SendAsync(Encoding.UTF8.GetBytes($"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{signIn}\r\n"), deadline);

        // "HTTP/1.1 200 …", header lines, an empty line. Byte by byte, since what follows is not ours.
        var header = new List<byte>();
        byte[] next;
        do
        {
            if (header.Count == MostHeader) throw new ProxyException(ProxyFailure.NotAProxy);
            next = await ReadAsync(socket, 1, deadline);
            header.Add(next[0]);
        }
        while (next[0] != '\n' || !Encoding.Latin1.GetString([.. header]).Replace("\r", "", StringComparison.Ordinal)
            .EndsWith("\n\n", StringComparison.Ordinal));

        string status = Encoding.Latin1.GetString([.. header]).Split('\n')[0];
        if (!status.StartsWith("HTTP/1.", StringComparison.Ordinal) || status.Split(' ') is not [_, var word, ..]
            || !int.TryParse(word, out int code))
            throw new ProxyException(ProxyFailure.NotAProxy);
        if (code == 407) throw new ProxyException(ProxyFailure.SignIn, code);
        if (code is < 200 or > 299) throw new ProxyException(ProxyFailure.Refused, code);
    }

    private static async Task<byte[]> ReadAsync(Socket socket, int count, CancellationToken deadline)
    {
        byte[] bytes = new byte[count];
        for (int length = 0; length < count;)
        {
            int more = await socket.ReceiveAsync(bytes.AsMemory(length), deadline);
            if (more == 0) throw new ProxyException(ProxyFailure.NotAProxy);
            length += more;
        }

        return bytes;
    }
}
