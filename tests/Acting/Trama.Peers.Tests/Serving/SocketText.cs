using System.Net.Sockets;
using System.Text;

namespace Trama.Peers.Tests.Serving;

/// <summary>Talking through a socket in text, with deadlines.</summary>
internal static class SocketText
{
    public static async Task SayAsync(this Socket socket, string text) =>
        await socket.SendAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>The next <paramref name="count"/> bytes as text, fewer when the peer closes before.</summary>
    public static async Task<string> HearAsync(this Socket socket, int count) =>
        Encoding.UTF8.GetString(await socket.HearBytesAsync(count));

    /// <summary>The next <paramref name="count"/> bytes, fewer when the peer closes before.</summary>
    public static async Task<byte[]> HearBytesAsync(this Socket socket, int count)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        byte[] bytes = new byte[count];
        int length = 0;
        while (length < count && await socket.ReceiveAsync(bytes.AsMemory(length), deadline.Token) is > 0 and int more) length += more;
        return bytes[..length];
    }

    /// <summary>Everything until the peer closes.</summary>
    public static Task<string> HearAllAsync(this Socket socket) => socket.HearAsync(1 << 20);
}
