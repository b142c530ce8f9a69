using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using Trama.Framing;
using Trama.Peers.Native;

namespace Trama.Peers.Replies;

/// <summary>Answers each message with what a command writes that reads the message on its standard input.</summary>
public sealed class CommandResponder(CommandOptions options, TimeProvider time) : Responder, IDisposable
{
    // Makes the command lead a group, so that what it starts can be killed with it.
    private const string GroupLeader = "/usr/bin/setsid";

    // How the exit code of a process tells that a signal ended it.
    private const int FirstSignal = 128;
    private const int MostSignals = 65;
    private const int NoSuchFile = 2; // ENOENT
    private const int AccessDenied = 13; // EACCES

    private readonly SemaphoreSlim _room = new(options.Most);
    private readonly bool _grouped = File.Exists(GroupLeader);

    /// <inheritdoc/>
    public override bool TakesTime => true;

    /// <inheritdoc/>
    /// <exception cref="ResponderException">The command failed; there is no answer.</exception>
    public override async ValueTask<Answer> AnswerAsync(ReadOnlyMemory<byte> message, EndPoint client, CancellationToken gone)
    {
        // To start a process takes milliseconds, which the thread that serves the connections does not have.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await _room.WaitAsync(gone);
        try
        {
            (ArrayBufferWriter<byte> words, int code) = await RunAsync(message[options.Framing.Envelope.Words(message.Span)], client, gone);
            ResponderException? trouble = Trouble(code, words.WrittenCount > 0);
            if (trouble is { Failure: not ResponderFailure.Exited }) throw trouble;
            ArrayBufferWriter<byte> reply = options.Framing == FramingRule.Raw ? words : Framed(words.WrittenSpan);
            return new Answer(reply.WrittenMemory) { HeldBytes = reply.Capacity, Trouble = trouble };
        }
        finally
        {
            _room.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _room.Dispose();

    // What an exit code means: a shell, and the program that leads the group, tell by 126 and 127 that there was nothing to run.
    private static ResponderException? Trouble(int code, bool hasWritten) => code switch
    {
        0 => null,
        > FirstSignal and < FirstSignal + MostSignals => new ResponderException(ResponderFailure.Killed) { Code = code - FirstSignal },
        126 or 127 when !hasWritten => new ResponderException(ResponderFailure.NotStarted,
            new Win32Exception(code == 126 ? AccessDenied : NoSuchFile)),
        _ => new ResponderException(ResponderFailure.Exited) { Code = code },
    };

    private ArrayBufferWriter<byte> Framed(ReadOnlySpan<byte> words)
    {
        var reply = new ArrayBufferWriter<byte>(words.Length + 16);
        return options.Framing.Envelope.TryWrite(reply, words, Direction.ToClient)
            ? reply : throw new ResponderException(ResponderFailure.Unframed);
    }

    private async Task<(ArrayBufferWriter<byte> Words, int Code)> RunAsync(
        ReadOnlyMemory<byte> words, EndPoint client, CancellationToken gone)
    {
        using Process process = Start(client);
        using var deadline = new CancellationTokenSource(options.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, gone);
        try
        {
            Task feeding = FeedAsync(process, words, either.Token);
            ArrayBufferWriter<byte> output = await CollectAsync(process, either.Token);
            await feeding;
            await process.WaitForExitAsync(either.Token);
            return (output, process.ExitCode);
        }
        catch (OperationCanceledException) when (!gone.IsCancellationRequested)
        {
            throw new ResponderException(ResponderFailure.TimedOut);
        }
        finally
        {
            End(process);
        }
    }

    private Process Start(EndPoint client)
    {
        IEnumerable<string> command = _grouped ? options.Command.Prepend(GroupLeader) : options.Command;
        var start = new ProcessStartInfo(command.First(), command.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["TRAMA_CLIENT"] = client.ToString();
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new ResponderException(ResponderFailure.NotStarted, error);
        }
    }

    private static async Task FeedAsync(Process process, ReadOnlyMemory<byte> words, CancellationToken deadline)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(words, deadline);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It does not want to read, which is its own business.
        }
    }

    private async Task<ArrayBufferWriter<byte>> CollectAsync(Process process, CancellationToken deadline)
    {
        var output = new ArrayBufferWriter<byte>();
        Stream stream = process.StandardOutput.BaseStream;
        while (await stream.ReadAsync(output.GetMemory(4096), deadline) is > 0 and int count)
        {
            output.Advance(count);
            if (output.WrittenCount > options.ReplyLimit) throw new ResponderException(ResponderFailure.TooLarge);
        }

        return output;
    }

    private void End(Process process)
    {
        if (_grouped) ProcessGroup.End(process.Id);
        try
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }
    }
}
