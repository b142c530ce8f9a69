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

    private readonly SemaphoreSlim _room = new(options.Most);
    private readonly bool _grouped = File.Exists(GroupLeader);

    /// <inheritdoc/>
    /// <exception cref="ResponderException">The command failed; there is no answer.</exception>
    public override async ValueTask<Answer> AnswerAsync(ReadOnlyMemory<byte> message, EndPoint client)
    {
        // To start a process takes milliseconds, which the thread that serves the connections does not have.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await _room.WaitAsync();
        try
        {
            ArrayBufferWriter<byte> words = await RunAsync(message[options.Framing.Envelope.Words(message.Span)], client);
            if (options.Framing == FramingRule.Raw) return new Answer(words.WrittenMemory) { HeldBytes = words.Capacity };
            var reply = new ArrayBufferWriter<byte>(words.WrittenCount + 16);
            return options.Framing.Envelope.TryWrite(reply, words.WrittenSpan, Direction.ToClient)
                ? new Answer(reply.WrittenMemory) { HeldBytes = reply.Capacity }
                : throw new ResponderException(ResponderFailure.Unframed);
        }
        finally
        {
            _room.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _room.Dispose();

    private async Task<ArrayBufferWriter<byte>> RunAsync(ReadOnlyMemory<byte> words, EndPoint client)
    {
        using Process process = Start(client);
        using var deadline = new CancellationTokenSource(options.Deadline, time);
        try
        {
            Task feeding = FeedAsync(process, words, deadline.Token);
            ArrayBufferWriter<byte> output = await CollectAsync(process, deadline.Token);
            await feeding;
            await process.WaitForExitAsync(deadline.Token);
            return output;
        }
        catch (OperationCanceledException)
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
