using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Trama.EndToEnd.Tests;

/// <summary>
/// Ports for servers that are started with a number. They are below those that the system gives to clients (32768 and above on Linux): one of
/// these may be taken by any connection before the server has it.
/// </summary>
internal static class FreePorts
{
    private const int First = 20_000, End = 32_000;

    private static readonly ConcurrentDictionary<int, bool> s_given = new();

    /// <summary>One that nobody listens on, and that was not given before.</summary>
    public static int Next()
    {
        while (true)
        {
            int port = Random.Shared.Next(First, End);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Any, port));
                if (s_given.TryAdd(port, true)) return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }
}
