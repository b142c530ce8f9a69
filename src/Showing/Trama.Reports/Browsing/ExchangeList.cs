using System.Runtime.InteropServices;
using Trama.Diagnosis;
using Trama.Tracing.Keeping;

namespace Trama.Reports.Browsing;

/// <summary>The rows of a choice in an order; what came since is added when it is asked for again. For one thread.</summary>
internal sealed class ExchangeList(
    BrowsingChoice choice, ExchangeOrder order, bool descending, BrowsedRows rows, KeptExchangeReader reader,
    Func<long, IReadOnlyList<Finding>> findingsOf)
{
    private readonly ExchangeFilter _filter = new(choice, rows, reader, findingsOf);
    private readonly List<long> _numbers = [];
    private long[]? _sorted;
    private long _seen;

    /// <summary>Its choice.</summary>
    public BrowsingChoice Choice => choice;

    /// <summary>Whether it is the list of a choice in an order.</summary>
    public bool IsOf(BrowsingChoice other, ExchangeOrder otherOrder, bool otherDescending) =>
        choice.Equals(other) && order == otherOrder && descending == otherDescending;

    /// <summary>The numbers of the rows, in order, as far as they are kept now.</summary>
    /// <exception cref="OperationCanceledException">It was ended early; what was looked at counts when it is asked for
    /// again.</exception>
    public ExchangeNumbers Numbers(CancellationToken stop)
    {
        bool isAsCompleted = order == ExchangeOrder.Completed && !descending;
        if (isAsCompleted && choice.Equals(BrowsingChoice.All))
        {
            long first = rows.Exchanges.First;
            return new ExchangeNumbers(first, rows.Exchanges.End - first);
        }

        Extend(stop);
        return new ExchangeNumbers(isAsCompleted ? CollectionsMarshal.AsSpan(_numbers) : _sorted ??= Sorted());
    }

    private void Extend(CancellationToken stop)
    {
        ExchangeTable table = rows.Exchanges;
        long first = table.First;
        if (_numbers.Count > 0 && _numbers[0] < first)
        {
            int gone = _numbers.BinarySearch(first);
            _numbers.RemoveRange(0, gone < 0 ? ~gone : gone);
            _sorted = null;
        }

        long end = table.End;
        for (_seen = Math.Max(_seen, first); _seen < end;)
        {
            stop.ThrowIfCancellationRequested();
            long group = _seen - _seen % ExchangeTable.PerGroup, last = Math.Min(end, group + ExchangeTable.PerGroup);
            ReadOnlySpan<KeptExchange> together = table.Group(group);
            int before = _numbers.Count;
            for (long number = _seen; number < last && !together.IsEmpty; number++)
                if (_filter.Holds(number, together[(int)(number - group)])) _numbers.Add(number);
            if (_numbers.Count > before) _sorted = null;
            _seen = last;
        }
    }

    private long[] Sorted()
    {
        long[] numbers = [.. _numbers];
        if (order != ExchangeOrder.Completed)
        {
            long[] keys = new long[numbers.Length];
            for (int i = 0; i < numbers.Length; i++)
                if (rows.Exchanges.TryGet(numbers[i], out KeptExchange row)) keys[i] = Key(row);
            Array.Sort(keys, numbers);
            KeepOrder(keys, numbers);
        }

        if (descending) Array.Reverse(numbers);
        return numbers;
    }

    // What is alike stays in the order in which it was completed: so the report sorts, too.
    private static void KeepOrder(long[] keys, long[] numbers)
    {
        for (int first = 0, end; first < keys.Length; first = end)
        {
            for (end = first + 1; end < keys.Length && keys[end] == keys[first];) end++;
            Array.Sort(numbers, first, end - first);
        }
    }

    private long Key(in KeptExchange row) => order switch
    {
        ExchangeOrder.FirstAt => row.FirstAt.Nanoseconds,
        ExchangeOrder.Total => row.TotalNs ?? 0,
        ExchangeOrder.Server => row.ServerNs ?? 0,
        ExchangeOrder.Network => row.NetworkNs ?? 0,
        ExchangeOrder.RequestBytes => row.RequestBytes,
        _ => row.ReplyBytes,
    };
}
