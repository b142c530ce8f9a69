using System.Diagnostics;
using Trama.Packets;

namespace Trama.Captures.Files;

/// <summary>Writes records to one file after the other.</summary>
public sealed class RotatingWriter : IRecordWriter
{
    private readonly Rotation _rotation;
    private readonly Func<string, IRecordWriter> _open;
    private readonly TimeProvider _clock;
    private IRecordWriter _current;
    private string _path;
    private DateTimeOffset _periodStart;
    private int _number;
    private int _periods;

    /// <summary>Opens the first file.</summary>
    /// <param name="rotation">When to begin a new file.</param>
    /// <param name="open">Opens a writer for a path.</param>
    /// <param name="clock">The wall clock, in local time, that periods go by.</param>
    /// <exception cref="CaptureException">The file cannot be created.</exception>
    public RotatingWriter(Rotation rotation, Func<string, IRecordWriter> open, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(rotation);
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(clock);
        _rotation = rotation;
        _open = open;
        _clock = clock;
        _periodStart = clock.GetLocalNow();
        _path = rotation.PathOf(_periodStart, 0);
        _current = open(_path);
    }

    /// <inheritdoc/>
    public long Length => _current.Length;

    /// <summary>
    /// Whether the last file of a limited number of periods is finished. The record that came then was not written, and none will be.
    /// </summary>
    public bool IsFinished { get; private set; }

    /// <summary>Why the command for finished files could not be run, the first time it could not; capturing goes on all the same.</summary>
    public CaptureException? CommandFailure { get; private set; }

    /// <inheritdoc/>
    public void Write(in Record record)
    {
        if (IsFinished || PeriodEnded() && !BeginPeriod()) return;
        if (_rotation.MaximumBytes is { } bytes && _current.Length > bytes)
        {
            _number++;
            if (_rotation.FileCount > 0 && _number >= _rotation.FileCount) _number = 0;
            FinishFile();
            BeginFile();
        }

        _current.Write(record);
    }

    /// <inheritdoc/>
    public void Flush() => _current.Flush();

    /// <inheritdoc/>
    public void Dispose() => _current.Dispose();

    private bool PeriodEnded() => _rotation.Period is { } period && _clock.GetLocalNow() - _periodStart >= period;

    private bool BeginPeriod()
    {
        _periodStart = _clock.GetLocalNow();
        _periods++;
        FinishFile();
        if (_rotation.MaximumBytes is null && _rotation.FileCount > 0 && _periods >= _rotation.FileCount)
        {
            IsFinished = true;
            return false;
        }

        _number = 0;
        BeginFile();
        return true;
    }

    private void BeginFile()
    {
        _path = _rotation.PathOf(_periodStart, _number);
        _current = _open(_path);
    }

    private void FinishFile()
    {
        _current.Dispose();
        if (_rotation.FinishedCommand is not { } command) return;
        try
        {
            // It goes on by itself, as long as it likes; no shell reads the path.
            using Process? process = Process.Start(new ProcessStartInfo(command) { ArgumentList = { _path }, UseShellExecute = false });
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or IOException)
        {
            CommandFailure ??= new CaptureException(CaptureFailure.Other, command, error.Message);
        }
    }
}
