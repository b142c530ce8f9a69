using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Trama.Reports.Text;

namespace Trama.Reports.Tests;

/// <summary>The boxes of the texts of a picture and the lines that are drawn in it, to see that nothing strikes through anything.</summary>
internal sealed class PictureBoxes
{
    private readonly List<(double Left, double Top, double Right, double Bottom, string Text)> _texts = [];
    private readonly List<(double X1, double Y1, double X2, double Y2, string Path)> _lines = [];
    private readonly double _width, _height;

    /// <summary>Reads a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="fontSize">The size of its letters, which are as wide as those of DejaVu Sans Mono.</param>
    public PictureBoxes(XElement picture, double fontSize)
    {
        double[] view = [.. picture.Attribute("viewBox")!.Value.Split(' ').Select(Number)];
        (_width, _height) = (view[2], view[3]);
        foreach (XElement element in picture.Elements())
        {
            if (element.Name.LocalName == "text") AddText(element, fontSize);
            // The grid of a plot lies behind everything and ends where its texts stand.
            if (element.Name.LocalName == "path") AddPath(element.Attribute("d")!.Value);
        }
    }

    /// <summary>What collides, or is cut off by the edge; null when nothing is.</summary>
    public string? Collision()
    {
        for (int i = 0; i < _texts.Count; i++)
        {
            var box = _texts[i];
            if (box.Left < 0 || box.Right > _width || box.Top < 0 || box.Bottom > _height) return $"'{box.Text}' is cut off";
            for (int j = i + 1; j < _texts.Count; j++)
            {
                var other = _texts[j];
                if (box.Left < other.Right && other.Left < box.Right && box.Top < other.Bottom && other.Top < box.Bottom)
                    return $"'{box.Text}' and '{other.Text}'";
            }

            foreach (var line in _lines)
            {
                if (Crosses(line.X1, line.Y1, line.X2, line.Y2, box.Left, box.Top, box.Right, box.Bottom))
                    return $"'{box.Text}' and {line.Path}";
            }
        }

        return null;
    }

    private void AddText(XElement text, double fontSize)
    {
        double x = Number(text.Attribute("x")!.Value), y = Number(text.Attribute("y")!.Value);
        double width = TextWidth.Of(text.Value) * fontSize * 0.602;
        double left = text.Attribute("text-anchor")?.Value switch { "end" => x - width, "middle" => x - width / 2, _ => x };
        _texts.Add((left, y - fontSize * 0.72, left + width, y + fontSize * 0.2, text.Value));
    }

    private void AddPath(string path)
    {
        double x = 0, y = 0, startX = 0, startY = 0;
        foreach (Match step in Regex.Matches(path, "([MLHVlhvmz])([^MLHVlhvmz]*)"))
        {
            double[] by = [.. Regex.Matches(step.Groups[2].Value, @"-?[\d.]+").Select(number => Number(number.Value))];
            (double toX, double toY) = step.Groups[1].Value switch
            {
                "M" or "L" => (by[0], by[1]),
                "m" or "l" => (x + by[0], y + by[1]),
                "H" => (by[0], y),
                "h" => (x + by[0], y),
                "V" => (x, by[0]),
                "v" => (x, y + by[0]),
                _ => (startX, startY),
            };
            if (step.Groups[1].Value is "M" or "m") (startX, startY) = (toX, toY);
            else _lines.Add((x, y, toX, toY, path));
            (x, y) = (toX, toY);
        }
    }

    // Whether a part of the line is inside of the box (Liang and Barsky).
    private static bool Crosses(double x1, double y1, double x2, double y2, double left, double top, double right, double bottom)
    {
        double from = 0, to = 1;
        (double, double)[] edges = [(x1 - x2, x1 - left), (x2 - x1, right - x1), (y1 - y2, y1 - top), (y2 - y1, bottom - y1)];
        foreach ((double by, double room) in edges)
        {
            if (by == 0 && room < 0) return false;
            if (by < 0) from = Math.Max(from, room / by);
            if (by > 0) to = Math.Min(to, room / by);
        }

        return from < to;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
