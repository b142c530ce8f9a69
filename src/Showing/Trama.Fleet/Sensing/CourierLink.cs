using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Trama.Fleet.Asking;
using Trama.Fleet.Joining;
using Trama.Fleet.Sending;
using Trama.Fleet.Storing;
using Trama.Rows.Journals;

namespace Trama.Fleet.Sensing;

/// <summary>
/// Gives what the spool has to a courier, a program of its own that speaks with the broker, hears from it what is stored, and answers its
/// questions. A courier that ends is started again; what waits in the spool is then given to it anew.
/// </summary>
public sealed class CourierLink : IDisposable
{
    private const int MostQuestions = 8;
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1), s_longestPause = TimeSpan.FromSeconds(30);

    private readonly Spool _spool;
    private readonly StoreFolder _folder;
    private readonly ProcessStartInfo _courier;
    private readonly BlockingCollection<(long Number, DigestQuestion Question, CourierPipe To)> _questions = new(MostQuestions);
    private readonly BlockingCollection<(long Number, RowQuestion Question, CourierPipe To)> _rowQuestions = new(MostQuestions);
    private readonly CancellationTokenSource _stop = new();
    private Thread[] _threads = [];
    private string _told = "";
    private BlockingCollection<SpooledMessage> _sending = [];

    /// <summary>Prepares one.</summary>
    /// <param name="spool">The spool.</param>
    /// <param name="folder">The store from which questions are answered.</param>
    /// <param name="courier">How the courier is started.</param>
    public CourierLink(Spool spool, StoreFolder folder, ProcessStartInfo courier)
    {
        ArgumentNullException.ThrowIfNull(courier);
        (_spool, _folder, _courier) = (spool, folder, courier);
        (courier.RedirectStandardInput, courier.RedirectStandardOutput, courier.RedirectStandardError) = (true, true, true);
    }

    /// <summary>Called before a question is answered: has the store take what it holds back.</summary>
    public Action Asked { get; init; } = () => { };

    /// <summary>Answers a question about rows, in pieces (<see cref="RowAnswer"/>); not at all without it.</summary>
    public Func<RowQuestion, CancellationToken, IEnumerable<byte[]>> Rows { get; init; } = (_, _) => [];

    /// <summary>Hears what its user should know, each thing once; empty when all is well again.</summary>
    public Action<string> Told { get; init; } = _ => { };

    /// <summary>How often a courier was started.</summary>
    public int Started { get; private set; }

    /// <summary>Starts the courier.</summary>
    public void Begin() => _threads = [Begin(Run), Begin(AnswerDigests), Begin(AnswerRows)];

    /// <summary>Sends messages that the spool has kept.</summary>
    public void Send(IReadOnlyList<SpooledMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        BlockingCollection<SpooledMessage> sending = Volatile.Read(ref _sending);
        try
        {
            foreach (SpooledMessage message in messages) sending.Add(message);
        }
        catch (InvalidOperationException)
        {
            // The courier went away: the next one is given all that waits.
        }
    }

    /// <summary>Waits until all that was spooled is stored, but no longer than that.</summary>
    public bool Drain(TimeSpan longest) => SpinWait.SpinUntil(() =>
    {
        Thread.Sleep(20);
        return _spool.Waiting == 0;
    }, longest);

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _questions.CompleteAdding();
        _rowQuestions.CompleteAdding();
        Volatile.Read(ref _sending).CompleteAdding();
        foreach (Thread thread in _threads) thread.Join(TimeSpan.FromSeconds(5));
    }

    private static Thread Begin(ThreadStart work)
    {
        var thread = new Thread(work) { IsBackground = true, Name = "courier" };
        thread.Start();
        return thread;
    }

    private void Run()
    {
        TimeSpan pause = s_firstPause;
        while (!_stop.IsCancellationRequested)
        {
            long began = Environment.TickCount64;
            try
            {
                using Process courier = Process.Start(_courier)!;
                Started++;
                Serve(courier);
            }
            catch (Exception error) when (error is Win32Exception or IOException or InvalidOperationException)
            {
                Tell($"{_courier.FileName}: {error.Message}");
            }

            // One that ran for long did not fail at once.
            if (Environment.TickCount64 - began > s_longestPause.TotalMilliseconds) pause = s_firstPause;
            _stop.Token.WaitHandle.WaitOne(pause);
            pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, s_longestPause.Ticks));
        }
    }

    private void Serve(Process courier)
    {
        var pipe = new CourierPipe(courier.StandardInput.BaseStream);
        var sending = new BlockingCollection<SpooledMessage>();
        // What is spooled from now on comes into the new queue, what was before is in the spool; of what is in both, one is a repeat.
        Volatile.Write(ref _sending, sending);
        foreach (SpooledMessage message in _spool.All()) sending.Add(message);
        if (_stop.IsCancellationRequested) sending.CompleteAdding();
        // What keeps it from its work it says as any program does, and ends; the next one says the same.
        courier.ErrorDataReceived += (_, said) => Hear(said.Data);
        courier.BeginErrorReadLine();
        Thread reader = Begin(() =>
        {
            Listen(courier, pipe);
            sending.CompleteAdding();
        });
        try
        {
            foreach (SpooledMessage message in sending.GetConsumingEnumerable())
                if (_spool.Read(message) is { } bytes) pipe.Write(CourierFrame.Message, bytes);
        }
        finally
        {
            // It ends by itself when its input does.
            try
            {
                courier.StandardInput.Close();
            }
            catch (IOException)
            {
                // It has ended already.
            }

            if (!courier.WaitForExit(TimeSpan.FromSeconds(3))) courier.Kill();
            reader.Join(TimeSpan.FromSeconds(3));
        }
    }

    private void Hear(string? line)
    {
        if (string.IsNullOrWhiteSpace(line)) return;
        string own = Path.GetFileNameWithoutExtension(_courier.FileName) + ": ";
        Tell(line.StartsWith(own, StringComparison.Ordinal) ? line[own.Length..] : line);
    }

    private void Tell(string text)
    {
        if (Interlocked.Exchange(ref _told, text) != text) Told(text);
    }

    private void Listen(Process courier, CourierPipe pipe)
    {
        try
        {
            using var frames = new FrameReader(courier.StandardOutput.BaseStream);
            while (frames.TryRead(out ReadOnlySpan<byte> frame)) Take((CourierFrame)frame[0], frame[1..], pipe);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // It ended.
        }
    }

    private void Take(CourierFrame kind, ReadOnlySpan<byte> content, CourierPipe pipe)
    {
        switch (kind)
        {
            case CourierFrame.Stored when CourierPipe.TryReadRanges(content, out long incarnation, out int partition, out RangeSet ranges):
                _spool.Stored(incarnation, partition, ranges);
                break;
            case CourierFrame.Again when CourierPipe.TryReadRanges(content, out _, out int partition, out RangeSet ranges):
                Send(_spool.StillWaiting(partition, ranges));
                break;
            case CourierFrame.Question when CourierPipe.TryReadNumber(ref content, out long number):
                bool isTaken = DigestQuestion.Read(content) is { } digest ? _questions.TryAdd((number, digest, pipe))
                    : RowQuestion.Read(content) is { } rows && _rowQuestions.TryAdd((number, rows, pipe));
                if (!isTaken) pipe.Write(CourierFrame.Answer, number, []);
                break;
            case CourierFrame.Trouble:
                Tell(Encoding.UTF8.GetString(content));
                break;
            default: break;
        }
    }

    private void AnswerDigests()
    {
        foreach ((long number, DigestQuestion question, CourierPipe pipe) in _questions.GetConsumingEnumerable())
            Answer(number, pipe, () => DigestAnswer.Of(_folder, question).Chunk(DigestAnswer.PieceBytes));
    }

    // These take longer, and nothing waits for them.
    private void AnswerRows()
    {
        foreach ((long number, RowQuestion question, CourierPipe pipe) in _rowQuestions.GetConsumingEnumerable())
            Answer(number, pipe, () => Rows(question, _stop.Token));
    }

    private void Answer(long number, CourierPipe pipe, Func<IEnumerable<byte[]>> pieces)
    {
        try
        {
            Asked();
            foreach (byte[] piece in pieces()) pipe.Write(CourierFrame.Answer, number, piece);
            pipe.Write(CourierFrame.Answer, number, []);
        }
        catch (ObjectDisposedException)
        {
            // The courier that brought the question is gone.
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or Captures.CaptureException)
        {
            // Who asked waits no longer than it wants to.
            Tell(error.Message);
        }
    }
}
