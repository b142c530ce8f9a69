using System.Net.Sockets;
using Trama.Namespaces;

namespace Trama.Lab.Programs;

/// <summary>One program's end of a connection: blocking calls that note what they did and when.</summary>
internal sealed class Talk : IDisposable
{
    /// <summary>How long a program waits for what its plan expects, before it gives up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    private readonly bool _isClient;
    private readonly Content _content;
    private readonly byte[] _buffer = new byte[65536];

    /// <summary>Takes over a connected socket.</summary>
    public Talk(Socket socket, ConnectionLog log, bool isClient, Content content)
    {
        Socket = socket;
        Log = log;
        _isClient = isClient;
        _content = content;
        socket.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        if (!isClient) Outcome = "ok";
    }

    /// <summary>The socket.</summary>
    public Socket Socket { get; }

    /// <summary>What is noted.</summary>
    public ConnectionLog Log { get; }

    /// <summary>How the connection ended for this program.</summary>
    public string Outcome
    {
        get => _isClient ? Log.ClientOutcome : Log.ServerOutcome;
        set
        {
            if (_isClient) Log.ClientOutcome = value;
            else Log.ServerOutcome = value;
        }
    }

    /// <summary>How long a read waits.</summary>
    public TimeSpan Timeout
    {
        set => Socket.ReceiveTimeout = (int)value.TotalMilliseconds;
    }

    private StreamLog Outgoing => _isClient ? Log.ToServer : Log.ToClient;

    private StreamLog Incoming => _isClient ? Log.ToClient : Log.ToServer;

    /// <summary>Notes something that the program does.</summary>
    public void Note(string what) => Log.Note(_isClient ? "client" : "server", what);

    /// <summary>Writes a message of a length, in one write.</summary>
    public void Write(int length, int? answers = null) => Write(_content.Make(length), answers);

    /// <summary>Writes a message in one write.</summary>
    public void Write(byte[] bytes, int? answers = null) => WriteParts(bytes, [bytes.Length], TimeSpan.Zero, answers);

    /// <summary>Writes a message in several writes, with a pause between them.</summary>
    public void WriteParts(byte[] bytes, IReadOnlyList<int> parts, TimeSpan pause, int? answers = null)
    {
        Message message = Outgoing.Begin(bytes.Length, answers);
        int at = 0;
        foreach (int part in parts)
        {
            if (at > 0 && pause > TimeSpan.Zero) Thread.Sleep(pause);
            message.Writes.Add(Clock.Now);
            for (int end = at + part; at < end; at += Send(bytes.AsSpan(at, end - at), message))
            {
            }
        }

        message.WriteEnd = Clock.Now;
    }

    /// <summary>Writes only the start of a message of a length.</summary>
    public void WriteStart(int length, int bytes, int? answers = null) =>
        WriteParts(_content.Make(length), [bytes], TimeSpan.Zero, answers);

    /// <summary>Writes several messages in one write.</summary>
    public void WriteTogether(params IReadOnlyList<byte[]> messages)
    {
        long now = Clock.Now;
        List<Message> noted = [.. messages.Select(bytes => Outgoing.Begin(bytes.Length, null))];
        Socket.Send([.. messages.SelectMany(bytes => bytes)]);
        foreach (Message message in noted)
        {
            message.Writes.Add(now);
            message.Written = message.Length;
            message.WriteEnd = Clock.Now;
        }
    }

    /// <summary>A message of a length, in the connection's format.</summary>
    public byte[] Make(int length) => _content.Make(length);

    /// <summary>Reads so many bytes. False when the other side ends the stream before.</summary>
    public bool Read(int bytes)
    {
        while (bytes > 0)
        {
            int read = ReadSome(Math.Min(bytes, _buffer.Length));
            if (read == 0) return false;
            bytes -= read;
        }

        return true;
    }

    /// <summary>One read of at most so many bytes; 0 at the end of the stream.</summary>
    public int ReadSome(int most)
    {
        int read = Receive(_buffer.AsSpan(0, Math.Min(most, _buffer.Length)));
        if (read == 0) Note("end-of-stream");
        else Incoming.Read(read, Clock.Now);
        return read;
    }

    /// <summary>Reads until the other side ends the stream.</summary>
    public void ReadToEnd()
    {
        while (ReadSome(_buffer.Length) > 0)
        {
        }
    }

    /// <summary>Ends its own stream; the other one goes on.</summary>
    public void EndStream()
    {
        Note("shutdown");
        Socket.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Closes; the kernel sends FIN, or RST when received bytes were not read.</summary>
    public void Close()
    {
        Note("close");
        Socket.Close();
    }

    /// <summary>Ends the connection with RST (SO_LINGER 0).</summary>
    public void Abort()
    {
        Note("abort");
        Outcome = _isClient ? "aborted-by-client" : "aborted-by-server";
        Socket.LingerState = new LingerOption(true, 0);
        Socket.Close();
    }

    /// <inheritdoc/>
    public void Dispose() => Socket.Dispose();

    // The runtime gives one error for two things: the kernel gave the connection up, or the socket's own timeout is over.
    private int Receive(Span<byte> buffer)
    {
        long start = Environment.TickCount64;
        try
        {
            return Socket.Receive(buffer);
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.TimedOut
            && Environment.TickCount64 - start >= Socket.ReceiveTimeout - 1)
        {
            throw new SocketException((int)SocketError.WouldBlock);
        }
    }

    // When the connection ended after the kernel took a part, the runtime says that the time is over; the next write tells.
    private int Send(ReadOnlySpan<byte> bytes, Message message)
    {
        int sent;
        try
        {
            sent = Socket.Send(bytes);
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.TimedOut)
        {
            sent = Socket.Send(bytes);
        }

        message.Written += sent;
        return sent;
    }
}
