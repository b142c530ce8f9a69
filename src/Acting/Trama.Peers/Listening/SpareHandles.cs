using System.Net.Sockets;

namespace Trama.Peers.Listening;

/// <summary>
/// Handles kept aside while there are enough. When connections have used up all others, giving these back leaves the
/// process some for itself: without any, the runtime cannot even start a thread.
/// </summary>
internal sealed class SpareHandles : IDisposable
{
    private const int Count = 16;

    private readonly Stack<Socket> _held = new(Count);

    /// <summary>Puts the spare handles aside. False, and none is held, when the system does not have so many.</summary>
    public bool TryHold()
    {
        try
        {
            while (_held.Count < Count) _held.Push(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
            return true;
        }
        catch (SocketException)
        {
            Dispose();
            return false;
        }
    }

    /// <summary>Gives them back.</summary>
    public void Dispose()
    {
        while (_held.TryPop(out Socket? socket)) socket.Dispose();
    }
}
